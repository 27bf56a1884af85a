"""Writes conversations, many at once, and keeps those that cannot be written."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from assistant.stores.access import Access, DatabaseAway, NotHere
from assistant.stores.database import wipe_deleted
from assistant.stores.keeping import Kept
from assistant.stores.memory import Unsaved
from assistant.stores.writing import write

logger = structlog.get_logger()

_FEW = 4  # turns, each written in half a thousandth of a second


class Saving:
    """What is still to be written; it is written in one transaction, in the order it came."""

    def __init__(self, access: Access) -> None:
        """Create it with nothing to write."""
        self._access = access
        self._unsaved = Unsaved()
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Future[None]] = set()
        # Perhaps the process before could not.
        self._has_to_wipe = True

    def __contains__(self, sender_id: str) -> bool:
        return sender_id in self._unsaved

    async def save(self, sender_id: str, kept: Kept) -> None:
        """Write `kept` and all else that waits: so many conversations wait once for the disk.

        A caller that is cancelled in the meantime changes nothing: what was written must be
        taken from what waits.
        """
        self._unsaved.add(sender_id, kept)
        is_written = self._write_here()
        if self._has_to_wipe or not is_written:
            writing = asyncio.ensure_future(self._write_in_turn())
            self._tasks.add(writing)
            writing.add_done_callback(self._tasks.discard)
            await asyncio.shield(writing)

    def _write_here(self) -> bool:
        """Write what waits, if nobody has to wait for it, and tell whether that was done."""
        unsaved = self._unsaved.all()
        if self._writing.locked() or not _is_brief(unsaved):
            return False
        try:
            self._access.write_here(partial(write, conversations=unsaved))
        except (NotHere, DataError, IntegrityError):
            return False
        self._forget(unsaved)
        return True

    async def _write_in_turn(self) -> None:
        async with self._writing:
            unsaved = self._unsaved.all()
            try:
                await self._write(unsaved)
            except DatabaseAway:
                return
            except (DataError, IntegrityError):
                await self._write_one_by_one(unsaved)
            await self._wipe()

    async def _write_one_by_one(self, unsaved: dict[str, list[Kept]]) -> None:
        for sender_id, kept in unsaved.items():
            try:
                await self._write({sender_id: kept})
            except DatabaseAway:
                return
            except (DataError, IntegrityError) as error:
                logger.error("tracker_store.refused", error=type(error).__name__)
                self._unsaved.remove(sender_id, kept)

    async def _write(self, unsaved: dict[str, list[Kept]]) -> None:
        """Write conversations and take them from those that wait; errors as `transaction`."""
        if not unsaved:
            return
        work = partial(write, conversations=unsaved)
        brief = _is_brief(unsaved)
        await (self._access.brief_write(work) if brief else self._access.transaction(work))
        self._forget(unsaved)

    def _forget(self, written: dict[str, list[Kept]]) -> None:
        for sender_id, kept in written.items():
            self._unsaved.remove(sender_id, kept)
            self._has_to_wipe |= any(part.forget for part in kept)

    async def _wipe(self) -> None:
        """Take what was forgotten out of every file; if it cannot be now, after the next turn."""
        if self._has_to_wipe:
            wipe = partial(wipe_deleted, self._access.engine)
            with contextlib.suppress(DatabaseAway):
                self._has_to_wipe = not await self._access.in_thread(wipe)


def _is_brief(unsaved: dict[str, list[Kept]]) -> bool:
    return sum(map(len, unsaved.values())) <= _FEW
