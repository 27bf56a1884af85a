"""Answers while the queue's database is away: from memory, once."""

from __future__ import annotations

import asyncio

import structlog

from assistant.channels.inbound import Inbound
from assistant.channels.limits import SeenIds
from assistant.channels.queue import Deliver, DeliveryFailed
from assistant.channels.turns import TurnRunner

logger = structlog.get_logger()


class Unstored:
    """Answers messages that could not be stored; better than not to answer them."""

    def __init__(self, turns: TurnRunner, deliver: Deliver) -> None:
        """Create it with nothing to do."""
        self._turns = turns
        self._deliver = deliver
        self._seen = SeenIds()
        self._running: set[asyncio.Task[None]] = set()

    def answer(self, message: Inbound) -> None:
        """Answer soon, unless the message was sent before."""
        if not self._seen.add(f"{message.tracker_id} {message.message_id}"):
            return
        task = asyncio.create_task(self._answer(message))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, message: Inbound) -> None:
        try:
            await self._deliver(message, await self._turns.answers(message))
        except DeliveryFailed:
            logger.error("web.unstored.lost")
