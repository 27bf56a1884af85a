"""Rasa's tracker store with nothing in it that tells who a visitor is."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from assistant.content.clinic import load_clinic
from assistant.content.problems import ContentError
from assistant.settings import CONTENT, settings
from assistant.stores import database, history
from assistant.stores.keeping import Kept, keep
from assistant.stores.memory import Recent, Unsaved
from assistant.stores.writing import write

logger = structlog.get_logger()

Result = TypeVar("Result")

REST_AFTER_FAILURE = 5.0  # seconds in which a database that failed is left alone
_STORED = "_events_stored"


class _Unavailable(Exception):
    """The database cannot be used now."""


class RedactingTrackerStore(SQLTrackerStore):  # type: ignore[misc]
    """Keeps conversations redacted, and goes on without them while the database is away.

    What is written, and what goes to an event broker, has passed `assistant.stores.keeping`.
    The tracker of the turn itself is not changed. A conversation that cannot be written stays
    in memory, within bounds, and is written with the next one that can be.

    Set in endpoints.yml as `type: assistant.stores.tracker_store.RedactingTrackerStore`;
    `url` there, or DATABASE_URL, names another database than the embedded one.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
    ) -> None:
        """Create the store; the database is not touched before the first message.

        Args:
            domain: the assistant's domain.
            host: URL of the database; Rasa passes `url` of endpoints.yml under this name.
            event_broker: where redacted events are published.
        """
        # Not SQLTrackerStore's own: it blocks, for ever if need be, until a database answers.
        TrackerStore.__init__(self, domain, event_broker)
        self.engine = database.open_engine(host or settings().database_url)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._public = _public_facts()
        self._unsaved = Unsaved()
        self._recent = Recent()
        self._writing = asyncio.Lock()
        self._tasks: set[asyncio.Future[None]] = set()
        self._has_tables = False
        self._has_to_wipe = False
        self._rests_until = 0.0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new of the conversation, redacted; never raise for want of a database."""
        start = vars(tracker).get(_STORED)
        if start is None and _is_blank(tracker):
            vars(tracker)[_STORED] = 0
            return
        if start is None:
            start = len(await self._events(tracker.sender_id)) if tracker.events else 0
        kept = keep(list(tracker.events), start, self._public)
        vars(tracker)[_STORED] = len(tracker.events)
        if not (kept.events or kept.forget or kept.crisis):
            return
        self._recent.add(tracker.sender_id, kept)
        self._unsaved.add(tracker.sender_id, kept)
        await self._write_unsaved()
        self._publish(tracker.sender_id, kept.events)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the latest session of a conversation, or None."""
        return self._tracker(sender_id, await self._events(sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return all that is kept of a conversation, or None."""
        query = sa.select(history.table.c.data).where(history.table.c.sender_id == conversation_id)
        try:
            rows = await self._in_database(
                lambda session: list(session.scalars(query.order_by(history.table.c.id)))
            )
        except _Unavailable:
            return self._tracker(conversation_id, self._recent.get(conversation_id))
        return self._tracker(conversation_id, [json.loads(row) for row in rows])

    def _tracker(self, sender_id: str, stored: list[dict[str, Any]]) -> DialogueStateTracker | None:
        if not stored:
            return None
        events = history.to_events(stored)
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        vars(tracker)[_STORED] = len(tracker.events)
        return tracker

    async def _events(self, sender_id: str) -> list[dict[str, Any]]:
        if sender_id in self._unsaved:
            return self._recent.get(sender_id)
        try:
            events = await self._in_database(partial(history.load_events, sender_id=sender_id))
        except _Unavailable:
            return self._recent.get(sender_id)
        self._recent.replace(sender_id, events)
        return events

    async def _write_unsaved(self) -> None:
        """Write all that waits in one transaction: so many conversations wait once for the disk.

        A turn that is given up in the meantime changes nothing: what was written must be taken
        from what waits.
        """
        writing = asyncio.ensure_future(self._write_in_turn())
        self._tasks.add(writing)
        writing.add_done_callback(self._tasks.discard)
        await asyncio.shield(writing)

    async def _write_in_turn(self) -> None:
        async with self._writing:
            unsaved = self._unsaved.all()
            try:
                await self._write(unsaved)
            except _Unavailable:
                return
            except (DataError, IntegrityError):
                await self._write_one_by_one(unsaved)
        await self._wipe()

    async def _write_one_by_one(self, unsaved: dict[str, list[Kept]]) -> None:
        for sender_id, kept in unsaved.items():
            try:
                await self._write({sender_id: kept})
            except _Unavailable:
                return
            except (DataError, IntegrityError) as error:
                logger.error("tracker_store.refused", error=type(error).__name__)
                self._unsaved.remove(sender_id, kept)

    async def _write(self, unsaved: dict[str, list[Kept]]) -> None:
        """Write conversations, and take them from those that wait; errors as `_in_database`."""
        if not unsaved:
            return
        await self._in_database(partial(write, conversations=unsaved))
        for sender_id, kept in unsaved.items():
            self._unsaved.remove(sender_id, kept)
            self._has_to_wipe |= any(part.forget for part in kept)

    async def _wipe(self) -> None:
        """Take what was forgotten out of every file; if it cannot be now, after the next turn."""
        if self._has_to_wipe:
            with contextlib.suppress(_Unavailable):
                self._has_to_wipe = not await self._off_loop(
                    partial(database.wipe_deleted, self.engine)
                )

    async def _in_database(self, work: Callable[[Session], Result]) -> Result:
        """Run `work` in a transaction and a thread of its own.

        Raises:
            _Unavailable: if the database does not answer, or did not a moment ago.
            sqlalchemy.exc.DataError, IntegrityError: if it refuses the data.
        """
        return await self._off_loop(lambda: self._transaction(work))

    async def _off_loop(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread; errors as `_in_database`."""
        if time.monotonic() < self._rests_until:
            raise _Unavailable
        try:
            return await asyncio.to_thread(work)
        except (DataError, IntegrityError):
            raise
        except SQLAlchemyError as error:
            self._has_tables = False  # perhaps the database is a new one
            self._rests_until = time.monotonic() + REST_AFTER_FAILURE
            logger.error("tracker_store.unavailable", error=type(error).__name__)
            raise _Unavailable from error

    def _transaction(self, work: Callable[[Session], Result]) -> Result:
        if not self._has_tables:
            self._create_tables()
        with self.sessionmaker.begin() as session:
            return work(session)

    def _create_tables(self) -> None:
        # If anything is wrong, the statement that follows fails as well.
        with contextlib.suppress(SQLAlchemyError):
            database.create_tables(self.engine, self.Base.metadata)
            database.create_tables(self.engine)
            history.by_sender.create(self.engine, checkfirst=True)
            self._has_tables = True

    def _publish(self, sender_id: str, events: list[dict[str, Any]]) -> None:
        if self.event_broker is None:
            return
        try:
            for event in events:
                self.event_broker.publish({"sender_id": sender_id, **event})
        # Brokers raise what their libraries raise; none of it may cost the visitor an answer.
        except Exception as error:
            logger.error("tracker_store.broker_failed", error=type(error).__name__)


def _is_blank(tracker: DialogueStateTracker) -> bool:
    """Whether nothing has happened yet: Rasa saves a conversation before the first message."""
    return list(tracker.events) == [ActionExecuted(ACTION_LISTEN_NAME)]


def _public_facts() -> list[str]:
    """Return the clinic's phone and e-mail, which are not a visitor's."""
    try:
        clinic = load_clinic(CONTENT / "clinic.yml")
    except ContentError:
        return []  # `make validate` tells what is wrong; nothing is public then
    return [fact for fact in (clinic.phone, clinic.email) if fact]
