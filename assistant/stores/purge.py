"""Deletes what is older than the clinic wants to keep: `python -m assistant.stores.purge`."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
import typer
from sqlalchemy.engine import Engine

from assistant.content.clinic import load_clinic
from assistant.settings import CONTENT, settings
from assistant.stores.database import open_engine
from assistant.stores.history import table


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
    table.metadata.create_all(engine)
    before = (now - timedelta(days=days)).timestamp()
    with engine.begin() as connection:
        deleted = connection.execute(sa.delete(table).where(table.c.timestamp < before))
    return int(deleted.rowcount)


def main() -> None:
    """Delete old conversations and say how many events went."""
    days = load_clinic(CONTENT / "clinic.yml").retention.conversations_days
    engine = open_engine(settings().database_url)
    deleted = purge(datetime.now(tz=timezone.utc), engine, days)
    typer.echo(f"Conversations: {deleted} events older than {days} days deleted.")


if __name__ == "__main__":
    typer.run(main)
