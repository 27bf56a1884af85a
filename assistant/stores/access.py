"""Work on the conversations' database: so that nobody else waits, and not at all once it failed."""

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
from assistant.stores.database import copy_log, impatient_engine

logger = structlog.get_logger()

Result = TypeVar("Result")

REST_AFTER_FAILURE = 5.0  # seconds in which a database that failed is left alone
_BRIEF_WRITES = 50  # then a thread copies the write-ahead log


class DatabaseAway(Exception):
    """The database cannot be used now."""


class Access:
    """The way of the tracker store to its database, which it must not wait for."""

    def __init__(self, engine: Engine) -> None:
        """Create the way; the database is not touched yet."""
        self.engine = engine
        self._impatient = impatient_engine(engine)
        self._brief_writes = 0
        self._has_tables = False
        self._rests_until = 0.0

    async def transaction(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction and a thread of its own.

        Raises:
            DatabaseAway: if the database does not answer, or did not a moment ago.
            sqlalchemy.exc.DataError, IntegrityError: if it refuses the data.
        """
        return await self.in_thread(lambda: self._transaction(work))

    async def brief(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work`, which takes less than a thread takes to be called; errors as `transaction`.

        It is done here and now if that is possible without waiting, else in a thread; then the
        first attempt came to nothing.
        """
        is_resting = time.monotonic() < self._rests_until
        if self._impatient and self._has_tables and not is_resting:
            try:
                with self._impatient.begin() as connection:
                    return work(connection)
            except (DataError, IntegrityError):
                raise
            except SQLAlchemyError:
                pass  # somebody else writes, or worse: for a thread to wait for, or to tell
        return await self.transaction(work)

    async def brief_write(self, work: Callable[[Connection], Result]) -> Result:
        """Do the same with `work` that changes something."""
        self._brief_writes = (self._brief_writes + 1) % _BRIEF_WRITES
        if self._impatient and not self._brief_writes:
            return await self.in_thread(lambda: self._copy_log_and(work))
        return await self.brief(work)

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

    def _copy_log_and(self, work: Callable[[Connection], Result]) -> Result:
        # In this order: who first writes after a copy has to wait for the disk.
        copy_log(self.engine)
        return self._transaction(work)
