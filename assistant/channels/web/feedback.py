"""Thumbs up and down."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.channels.limits import SeenIds
from assistant.channels.web.outgoing import message_id_of
from assistant.stores import database, history
from assistant.stores.unanswered import rows
from assistant.stores.unanswered.picking import pick_disliked

logger = structlog.get_logger()


class Feedback:
    """Puts questions whose answer was not liked among the unanswered ones."""

    def __init__(self, engine: Engine) -> None:
        """Create it; the database is not touched yet."""
        self._engine = engine
        self._seen = SeenIds()

    async def take(self, tracker_id: str, answer: str, value: str) -> None:
        """Note what a visitor thinks of an answer; never raise for want of a database.

        Args:
            tracker_id: the conversation.
            answer: id of the answer, as `bot_uttered` had it.
            value: "up" or "down".
        """
        logger.info("web.feedback", value=value)
        if value == "down" and self._seen.add(f"{tracker_id} {answer}"):
            try:
                await asyncio.to_thread(self._keep, tracker_id, message_id_of(answer))
            except SQLAlchemyError as error:
                logger.error("web.feedback.lost", error=type(error).__name__)

    def _keep(self, tracker_id: str, message_id: str) -> None:
        database.create_tables(self._engine)
        with self._engine.begin() as connection:
            stored = history.load_back(connection, tracker_id)
            rows.add(connection, tracker_id, pick_disliked(history.to_events(stored), message_id))
