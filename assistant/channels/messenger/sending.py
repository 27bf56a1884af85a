"""Sends answers, each part once, and shows that a message was seen."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

import structlog

from assistant.channels.inbound import Inbound
from assistant.channels.messenger.graph import Graph, NotNow, Refused
from assistant.channels.messenger.messages import messages_for

logger = structlog.get_logger()

TYPING_AFTER = 1.0  # seconds until "typing" is shown: most answers are there before
_REMEMBERED = 10_000  # deliveries that were begun; the oldest is forgotten first
_MESSAGES = "me/messages"


class Sender:
    """Sends to people who have written to the page."""

    def __init__(self, graph: Graph, typing_after: float = TYPING_AFTER) -> None:
        """Create the sender; `typing_after` is in seconds."""
        self._graph = graph
        self._typing_after = typing_after
        self._sent: OrderedDict[str, int] = OrderedDict()
        self._signs: dict[str, asyncio.Task[None]] = {}

    async def deliver(self, message: Inbound, answers: list[dict[str, Any]]) -> None:
        """Send the answers to a message; parts that an earlier try has sent are left out.

        Raises:
            NotNow: if not all was sent; what is left can be tried again.
            Refused: if Graph will never take it: outside the 24 hours, blocked.
        """
        self._hide_sign(message.sender)
        delivery = f"{message.tracker_id} {message.message_id}"
        parts = messages_for(answers)
        done = self._sent.get(delivery, 0)
        for number, part in enumerate(parts[done:], done + 1):
            await self._send(message.sender, part)
            self._remember(delivery, number)
        self._sent.pop(delivery, None)

    def show_seen(self, person: str) -> None:
        """Mark the conversation as seen, and soon as being answered; never waits, never fails."""
        if person in self._signs:
            return
        task = asyncio.create_task(self._show(person))
        self._signs[person] = task
        task.add_done_callback(lambda done: self._gone(person, done))

    async def close(self) -> None:
        """Drop the signs that were not shown yet."""
        for person in list(self._signs):
            self._hide_sign(person)

    async def _send(self, person: str, part: dict[str, Any]) -> None:
        fields = {
            "recipient": {"id": person},
            "messaging_type": "RESPONSE",
            "message": part,
        }
        try:
            await self._graph.post(_MESSAGES, fields)
        except NotNow as error:
            logger.warning("messenger.not_now", reason=str(error))
            raise
        except Refused as error:
            logger.warning("messenger.refused", code=error.code, subcode=error.subcode)
            raise

    async def _show(self, person: str) -> None:
        try:
            await self._action(person, "mark_seen")
            await asyncio.sleep(self._typing_after)
            await self._action(person, "typing_on")
        except (NotNow, Refused) as error:
            logger.info("messenger.sign.failed", error=type(error).__name__)

    async def _action(self, person: str, action: str) -> None:
        await self._graph.post(_MESSAGES, {"recipient": {"id": person}, "sender_action": action})

    def _hide_sign(self, person: str) -> None:
        if task := self._signs.pop(person, None):
            task.cancel()

    def _gone(self, person: str, task: asyncio.Task[None]) -> None:
        if self._signs.get(person) is task:
            del self._signs[person]

    def _remember(self, delivery: str, sent: int) -> None:
        self._sent[delivery] = sent
        self._sent.move_to_end(delivery)
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
