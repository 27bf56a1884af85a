"""What each channel can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Button = dict[str, str]


@dataclass(frozen=True)
class Limits:
    """How many buttons fit, and how long they may be."""

    buttons: int
    title_characters: int
    payload_bytes: int

    def apply(self, buttons: Sequence[Button]) -> list[Button]:
        """Shorten titles, and leave out what still does not fit."""
        fitting = [b for b in buttons if len(b["payload"].encode()) <= self.payload_bytes]
        return [{**b, "title": self._short(b["title"])} for b in fitting[: self.buttons]]

    def _short(self, title: str) -> str:
        if len(title) <= self.title_characters:
            return title
        return title[: self.title_characters - 1].rstrip() + "…"


_LIMITS = {
    # 13 quick replies with payloads of 1,000; the channel itself makes titles of 20 characters.
    "messenger": Limits(13, 80, 1000),
    # The channel itself makes callback_data of 64 bytes of any payload.
    "telegram": Limits(8, 40, 1000),
}
_DEFAULT = Limits(8, 40, 1000)


def limits_of(channel: str) -> Limits:
    """The limits of a channel by its name."""
    return _LIMITS.get(channel, _DEFAULT)
