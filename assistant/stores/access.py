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
_BRIEF_WRITES = 49  # then a thread copies the write-ahead log


class DatabaseAway(Exception):
    """The database cannot be used now."""


class NotHere(Exception):
    """Work has to be done in a thread, since it may have to wait."""


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

        It is done here and now if that is possible, else in a thread.
        """
        try:
            return self._here(work)
        except NotHere:
            return await self.transaction(work)

    async def brief_write(self, work: Callable[[Connection], Result]) -> Result:
        """Do the same with `work` that changes something."""
        if self._has_to_copy_log:
            self._brief_writes = 0
            return await self.in_thread(lambda: self._copy_log_and(work))
        try:
            return self.write_here(work)
        except NotHere:
            return await self.transaction(work)

    def write_here(self, work: Callable[[Connection], Result]) -> Result:
        """Run brief `work` that changes something, here and now.

        Raises:
            NotHere: if that is not possible without waiting; then nothing was changed.
            sqlalchemy.exc.DataError, IntegrityError: if the database refuses the data.
        """
        if self._has_to_copy_log:
            raise NotHere
        result = self._here(work)
        self._brief_writes += 1
        return result

    @property
    def _has_to_copy_log(self) -> bool:
        return bool(self._impatient) and self._brief_writes >= _BRIEF_WRITES

    def _here(self, work: Callable[[Connection], Result]) -> Result:
        is_resting = time.monotonic() < self._rests_until
        if not self._impatient or not self._has_tables or is_resting:
            raise NotHere
        try:
            with self._impatient.begin() as connection:
                return work(connection)
        except (DataError, IntegrityError):
            raise
        except SQLAlchemyError as error:
            # Somebody else writes, or worse: for a thread to wait for, or to tell.
            raise NotHere from error

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
