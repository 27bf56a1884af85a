"""Brings the tables up to date; safe to call from several processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Engine

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 5_042_417  # Any number that no other program uses for an advisory lock here.


def migrate(engine: Engine) -> None:
    """Apply the missing migrations in one transaction.

    SQLite's write lock, or an advisory lock in PostgreSQL, lets one process
    work and the others find it done.

    Raises:
        CommandError: if the tables were made by a newer version of the project.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
