"""Sends answers, each part once."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import structlog

from assistant.channels.inbound import Inbound
from assistant.channels.messenger.graph import MESSAGES, Graph, NotNow, Refused
from assistant.channels.messenger.messages import messages_for
from assistant.channels.messenger.signs import Signs

logger = structlog.get_logger()

_REMEMBERED = 10_000  # deliveries that were begun; the oldest is forgotten first


class Sender:
    """Sends to people who have written to the page."""

    def __init__(self, graph: Graph) -> None:
        """Create the sender."""
        self._graph = graph
        self._signs = Signs(graph)
        self._sent: OrderedDict[str, int] = OrderedDict()

    async def deliver(self, message: Inbound, answers: list[dict[str, Any]]) -> None:
        """Send the answers to a message; parts that an earlier try has sent are left out.

        Raises:
            NotNow: if not all was sent; what is left can be tried again.
            Refused: if Graph will never take it: outside the 24 hours, blocked.
        """
        self._signs.answered(message.sender)
        delivery = f"{message.tracker_id} {message.message_id}"
        parts = messages_for(answers)
        done = self._sent.get(delivery, 0)
        for number, part in enumerate(parts[done:], done + 1):
            await self._send(message.sender, part)
            self._remember(delivery, number)
        self._sent.pop(delivery, None)

    def show_seen(self, person: str) -> None:
        """Mark the conversation as seen, and soon as being answered; never waits, never fails."""
        self._signs.show(person)

    def close(self) -> None:
        """Drop the signs that were not shown yet."""
        self._signs.close()

    async def _send(self, person: str, part: dict[str, Any]) -> None:
        fields = {
            "recipient": {"id": person},
            "messaging_type": "RESPONSE",
            "message": part,
        }
        try:
            await self._graph.post(MESSAGES, fields)
        except NotNow as error:
            logger.warning("messenger.not_now", reason=str(error))
            raise
        except Refused as error:
            logger.warning("messenger.refused", code=error.code, subcode=error.subcode)
            raise

    def _remember(self, delivery: str, sent: int) -> None:
        self._sent[delivery] = sent
        self._sent.move_to_end(delivery)
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
