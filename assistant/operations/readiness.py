"""Whether the assistant can do all that it is there for."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

PATIENCE = 4.0  # seconds that the database gets
REMEMBERED = 1.0  # seconds for which the database is not asked again


class Readiness:
    """Looks at model and database.

    Args:
        engine: the database, which is not touched before it is asked for.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = asyncio.Lock()
        self._asked_at = -REMEMBERED
        self._database: str | None = None

    async def problem(self, agent: Any) -> str | None:
        """Return why not, in plain English, or None; `agent` is Rasa's, once there is one."""
        if agent is None or not agent.is_ready():
            return "The model is not loaded."
        async with self._asking:
            if time.monotonic() - self._asked_at >= REMEMBERED:
                self._database = await self._ask_database()
                self._asked_at = time.monotonic()
        return self._database

    async def _ask_database(self) -> str | None:
        try:
            await asyncio.wait_for(asyncio.to_thread(_write_nothing, self._engine), PATIENCE)
        except asyncio.TimeoutError:
            return "The database does not answer."
        except SQLAlchemyError:
            return "The database cannot be used."
        return None


def _write_nothing(engine: Engine) -> None:
    """Do what a reader and a writer need; SQLite looks into its file only then.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if it cannot be done.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            connection.exec_driver_sql("ROLLBACK")
        else:
            connection.execute(sa.select(1))
