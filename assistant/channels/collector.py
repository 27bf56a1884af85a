"""Collects the answers of one turn."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

_SHOWN = ("text", "buttons", "custom", "image", "attachment")


class TurnCollector(CollectingOutputChannel):  # type: ignore[misc]
    """Keeps each response whole: one item with its text, buttons and custom data.

    Rasa's own collector splits a text at blank lines and sends `custom` as an item without
    text. It also names the recipient by the tracker's id, which here carries the channel.
    """

    def __init__(self, recipient_id: str) -> None:
        """Create an empty collector; `recipient_id` is the sender as it came."""
        super().__init__()
        self._recipient_id = recipient_id

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep what a visitor may see of `message`; its metadata stays inside."""
        shown = {key: message[key] for key in _SHOWN if message.get(key)}
        if quick_replies := message.get("quick_replies"):
            shown.setdefault("buttons", quick_replies)
        if shown:
            self.messages.append({"recipient_id": self._recipient_id, **shown})
