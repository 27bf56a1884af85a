"""The widget's "forget me": the same as asking for it in words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import structlog

from assistant.channels.forgotten import says_forgotten
from assistant.channels.inbound import Inbound
from assistant.channels.queue import QueuedRunner
from assistant.channels.turns import TurnRunner

logger = structlog.get_logger()

_WORDS = "Delete my data"


@dataclass(frozen=True)
class Forgotten:
    """What became of it, and what the visitor is told."""

    done: bool
    text: str


class Forgetting:
    """Has Rasa delete a visitor's conversation, contact requests and unanswered questions."""

    def __init__(self, turns: TurnRunner, runner: QueuedRunner) -> None:
        """Create it; answers still on their way in `runner` are deleted, too."""
        self._turns = turns
        self._runner = runner

    async def forget(self, channel: str, visitor: str) -> Forgotten:
        """Delete what is kept of a visitor.

        Raises:
            QueueUnavailable: if the database is away; nothing is deleted then.
        """
        message = Inbound(channel, visitor, _WORDS, uuid.uuid4().hex)
        await self._runner.forget(message.tracker_id)
        answers = await self._turns.answers(message)
        done = any(map(says_forgotten, answers))
        if not done:
            logger.error("web.forget.failed")
        return Forgotten(done, "\n\n".join(a["text"] for a in answers if a.get("text")))
