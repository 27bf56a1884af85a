"""Conversations in memory, redacted as in the database, while that is away."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import structlog

from assistant.stores.history import shorten
from assistant.stores.keeping import Kept

logger = structlog.get_logger()

MAX_RECENT = 200  # conversations
MAX_UNSAVED = 1_000


class Recent:
    """The newest conversations as they were last seen."""

    def __init__(self) -> None:
        """Create an empty memory."""
        self._events: OrderedDict[str, list[dict[str, Any]]] = OrderedDict()

    def get(self, sender_id: str) -> list[dict[str, Any]]:
        """Return the latest session's events, none if the conversation is not known."""
        return list(self._events.get(sender_id, []))

    def replace(self, sender_id: str, events: list[dict[str, Any]]) -> None:
        """Set the events of a conversation."""
        self._events[sender_id] = events
        self._events.move_to_end(sender_id)
        if len(self._events) > MAX_RECENT:
            self._events.popitem(last=False)

    def add(self, sender_id: str, kept: Kept) -> None:
        """Add new events to a conversation, or forget it."""
        if kept.forget:
            self._events.pop(sender_id, None)
        if kept.events:
            events = [*self.get(sender_id), *kept.events]
            self.replace(sender_id, shorten(events))


class Unsaved:
    """What is still to be written, in the order in which the conversations came."""

    def __init__(self) -> None:
        """Create an empty list."""
        self._kept: OrderedDict[str, list[Kept]] = OrderedDict()

    def __contains__(self, sender_id: str) -> bool:
        return sender_id in self._kept

    def all(self) -> dict[str, list[Kept]]:
        """Return what is to be written of each conversation, oldest first."""
        return {sender_id: list(kept) for sender_id, kept in self._kept.items()}

    def add(self, sender_id: str, kept: Kept) -> None:
        """Add to what is to be written of a conversation."""
        self._kept.setdefault(sender_id, []).append(kept)
        if len(self._kept) > MAX_UNSAVED:
            self._kept.popitem(last=False)
            logger.error("tracker_store.conversation_lost", waiting=MAX_UNSAVED)

    def remove(self, sender_id: str, written: list[Kept]) -> None:
        """Take away what has been written; more may have come in the meantime."""
        done = {id(kept) for kept in written}
        left = [kept for kept in self._kept.get(sender_id, []) if id(kept) not in done]
        if left:
            self._kept[sender_id] = left
        else:
            self._kept.pop(sender_id, None)
