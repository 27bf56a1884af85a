"""Work on the conversations' database, for which nobody waits; not at all once it failed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from assistant.stores import history
from assistant.stores.database import impatient_engine

logger = structlog.get_logger()

Result = TypeVar("Result")

REST_AFTER_FAILURE = 5.0  # seconds in which a database that failed is left alone
_BRIEF_IN_A_ROW = 50  # a thread then copies the write-ahead log, which has grown by some 2 MB


class DatabaseAway(Exception):
    """The database cannot be used now."""


class Access:
    """The way of the tracker store to its database, which it must not wait for."""

    def __init__(self, engine: Engine) -> None:
        """Create the way; the database is not touched yet."""
        self.engine = engine
        self._impatient = impatient_engine(engine)
        self._brief_in_a_row = 0
        self._has_tables = False
        self._rests_until = 0.0

    async def transaction(
        self, work: Callable[[Connection], Result], *, is_brief: bool = False
    ) -> Result:
        """Run `work` in a transaction; perhaps twice, of which the first came to nothing.

        Args:
            work: what is done.
            is_brief: whether it takes less than a thread takes to be called. It is then done
                here and now if that is possible without waiting; else it is done in a thread.

        Raises:
            DatabaseAway: if the database does not answer, or did not a moment ago.
            sqlalchemy.exc.DataError, IntegrityError: if it refuses the data.
        """
        if is_brief and self._impatient and self._can_be_brief():
            try:
                with self._impatient.begin() as connection:
                    return work(connection)
            except (DataError, IntegrityError):
                raise
            except SQLAlchemyError:
                """Somebody else writes, or worse: for a thread to wait for, or to tell."""
        return await self.in_thread(lambda: self._transaction(work))

    def _can_be_brief(self) -> bool:
        self._brief_in_a_row = (self._brief_in_a_row + 1) % _BRIEF_IN_A_ROW
        return bool(
            self._brief_in_a_row and self._has_tables and time.monotonic() >= self._rests_until
        )

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Run `work`, which uses the engine, in a thread; errors as `transaction`."""
        if time.monotonic() < self._rests_until:
            raise DatabaseAway
        try:
            return await asyncio.to_thread(work)
        except (DataError, IntegrityError):
            raise
        except SQLAlchemyError as error:
            self._has_tables = False  # perhaps the database is a new one
            self._rests_until = time.monotonic() + REST_AFTER_FAILURE
            logger.error("tracker_store.unavailable", error=type(error).__name__)
            raise DatabaseAway from error

    def _transaction(self, work: Callable[[Connection], Result]) -> Result:
        if not self._has_tables:
            # If anything is wrong, the statement that follows fails as well.
            with contextlib.suppress(SQLAlchemyError):
                history.create_tables(self.engine)
                self._has_tables = True
        with self.engine.begin() as connection:
            return work(connection)
