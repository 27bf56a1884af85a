"""Deletes what is older than the clinic wants to keep: `python -m assistant.stores.purge`."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
import typer
from sqlalchemy.engine import Engine
from tenacity import Retrying, retry_if_result, stop_after_attempt, wait_fixed

from assistant.channels.queue import table as waiting
from assistant.content.clinic import load_clinic
from assistant.settings import CONTENT, settings
from assistant.stores import database, history
from assistant.stores.database import open_engine, wipe_deleted
from assistant.stores.history import folded, table
from assistant.stores.unanswered import rows as unanswered


def purge(now: datetime, engine: Engine, days: int) -> int:
    """Delete events of conversations older than `days` days.

    Args:
        now: the present, with its time zone.
        engine: the database of the conversations.
        days: how long an event is kept.

    Returns:
        The number of deleted events. The daily counts of crisis turns tell nothing about
        anyone and stay.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if the database cannot be used.
    """
    history.create_tables(engine)
    before = (now - timedelta(days=days)).timestamp()
    with engine.begin() as connection:
        deleted = connection.execute(sa.delete(table).where(table.c.timestamp < before))
        left = sa.select(table.c.sender_id).where(table.c.sender_id == folded.c.sender_id)
        connection.execute(sa.delete(folded).where(~left.exists()))
    return int(deleted.rowcount)


def purge_unanswered(now: datetime, engine: Engine, days: int) -> int:
    """Delete unanswered questions older than `days` days; arguments and errors as `purge`."""
    database.create_tables(engine)
    with engine.begin() as connection:
        return unanswered.purge(connection, now, days)


def purge_waiting(now: datetime, engine: Engine) -> int:
    """Delete messages that nobody answers any more; arguments and errors as `purge`."""
    database.create_tables(engine)
    with engine.begin() as connection:
        return waiting.purge(connection, now.timestamp())


def main() -> None:
    """Delete what is too old and say how much went."""
    retention = load_clinic(CONTENT / "clinic.yml").retention
    engine = open_engine(settings().database_url)
    now = datetime.now(tz=timezone.utc)
    days = retention.conversations_days
    deleted = purge(now, engine, days)
    typer.echo(f"Conversations: {deleted} events older than {days} days deleted.")
    days = retention.unanswered_days
    deleted = purge_unanswered(now, engine, days)
    typer.echo(f"Unanswered questions: {deleted} older than {days} days deleted.")
    deleted = purge_waiting(now, engine)
    typer.echo(f"Received messages: {deleted} older than a day deleted.")
    wipe = Retrying(
        retry=retry_if_result(lambda wiped: not wiped),
        stop=stop_after_attempt(10),
        wait=wait_fixed(0.3),
        retry_error_callback=lambda state: False,
    )
    if not wipe(wipe_deleted, engine):
        typer.echo("What was deleted is still in the write-ahead log; it goes with the next purge.")


if __name__ == "__main__":
    typer.run(main)
