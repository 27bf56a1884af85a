"""The table of unanswered questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine

from assistant.keys import KeyProblem, SenderHasher, keys_from
from assistant.settings import settings
from assistant.stores.database import create_tables, metadata
from assistant.stores.unanswered.picking import Unanswered

logger = structlog.get_logger()

table = sa.Table(
    "unanswered_questions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("asked_on", sa.Date, nullable=False, index=True),
    sa.Column("channel", sa.String(40), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("answered", sa.String(200), nullable=False),
    # Questions stay longer than conversations; the sender's id does not stay with them.
    sa.Column("sender_hash", sa.String(64), nullable=False, index=True),
)


def add(connection: Connection, sender_id: str, questions: Sequence[Unanswered]) -> None:
    """Write a sender's questions; without a key none, since they could not be forgotten."""
    hasher = _hasher()
    if hasher and questions:
        sender = hasher.newest(sender_id)
        rows = [{**vars(question), "sender_hash": sender} for question in questions]
        connection.execute(sa.insert(table), rows)


def forget(connection: Connection, sender_id: str) -> None:
    """Delete all questions of a sender."""
    hasher = _hasher()
    if hasher:
        connection.execute(sa.delete(table).where(table.c.sender_hash.in_(hasher.all(sender_id))))


def purge(connection: Connection, now: datetime, days: int) -> int:
    """Delete the questions of more than `days` days ago; return how many there were."""
    before = now.date() - timedelta(days=days)
    return int(connection.execute(sa.delete(table).where(table.c.asked_on < before)).rowcount)


def load(engine: Engine) -> list[Unanswered]:
    """Return all questions, newest first.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if the database cannot be used.
    """
    create_tables(engine)
    columns = (table.c.asked_on, table.c.channel, table.c.text, table.c.answered)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*columns).order_by(table.c.id.desc()))
        return [Unanswered(*row) for row in rows]


def _hasher() -> SenderHasher | None:
    try:
        return _read_hasher()
    except KeyProblem as error:
        logger.error("unanswered.no_key", error=str(error))
        return None


@lru_cache(maxsize=1)
def _read_hasher() -> SenderHasher:
    return SenderHasher(keys_from(settings()))
