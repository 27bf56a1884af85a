"""Takes messages where nobody sees an error: what the gate refuses is answered in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assistant.channels.inbound import MAX_TEXT, Gate, Inbound, RejectedMessage
from assistant.channels.limits import TokenBuckets
from assistant.channels.refusals import TOO_MANY
from assistant.channels.text_limits import split
from assistant.nlu.safety import screen

MAX_KEPT = 20_000  # characters of a text that is too long, of which danger is looked for
_ASKED_TO_WAIT = (0.1, 1)  # "please wait" is said once in ten seconds


class Reception:
    """Makes of whatever a person sends a message for the queue."""

    def __init__(self, channel: str, limits: TokenBuckets) -> None:
        """Create the reception of `channel`; `limits` slow down a flood, but nobody in danger."""
        self._channel = channel
        self._gate = Gate(channel)
        self._limits = limits
        self._asked = TokenBuckets(*_ASKED_TO_WAIT)

    def take(self, sender: str, text: str | None, message_id: str | None) -> Inbound | None:
        """Return the message to store; None if it is part of a flood that was told to wait.

        Args:
            sender: as the channel knows them.
            text: what was written; None for a photo, a voice message and the like.
            message_id: the platform's id of the message.

        Raises:
            RejectedMessage: if `sender` is malformed.
        """
        allowed = self._limits.take(sender)
        if text and screen(text[:MAX_KEPT]).tier == "HARD":
            return self._checked(sender, _dangerous(text[:MAX_KEPT]), message_id)
        if not allowed:
            asked = self._asked.take(sender)
            return self._refused(sender, text, message_id, TOO_MANY) if asked else None
        return self._checked(sender, text, message_id)

    def _checked(self, sender: str, text: str | None, message_id: str | None) -> Inbound:
        self._gate.accept(sender, "-")
        if not text:
            return self._refused(sender, text, message_id, 400)
        try:
            # Seen ids are the queue's concern: what it could not store must be taken again.
            return replace(self._gate.accept(sender, text), message_id=message_id)
        except RejectedMessage as error:
            return self._refused(sender, text, message_id, error.status)

    def _refused(
        self, sender: str, text: str | None, message_id: str | None, status: int
    ) -> Inbound:
        return Inbound(self._channel, sender, (text or "")[:MAX_KEPT], message_id, status)


def _dangerous(text: str) -> str:
    """Return the part of a long text that speaks of danger: Rasa reads it, and remembers.

    Where no part does so by itself, the text as it is; it is then answered without Rasa.
    """
    if len(text) <= MAX_TEXT:
        return text
    parts = split(text, MAX_TEXT)
    half = MAX_TEXT // 2 - 1
    across = [f"{before[-half:]} {after[:half]}" for before, after in pairwise(parts)]
    return next((part for part in [*parts, *across] if screen(part).tier == "HARD"), text)
