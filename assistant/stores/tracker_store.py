"""Rasa's tracker store with nothing in it that tells who a visitor is."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from assistant.content.clinic import load_clinic
from assistant.content.problems import ContentError
from assistant.settings import CONTENT, settings
from assistant.stores import database, history
from assistant.stores.access import Access, DatabaseAway
from assistant.stores.keeping import keep
from assistant.stores.memory import Recent
from assistant.stores.saving import Saving

logger = structlog.get_logger()

_STORED = "_events_stored"


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
        self._access = Access(self.engine)
        self.sessionmaker = sessionmaker(bind=self.engine)  # which Rasa's own methods use
        self._saving = Saving(self._access)
        self._recent = Recent()
        self._public = _public_facts()

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
        await self._saving.save(tracker.sender_id, kept)
        self._publish(tracker.sender_id, kept.events)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the latest session of a conversation, or None."""
        return self._tracker(sender_id, await self._events(sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return all that is kept of a conversation, or None."""
        query = sa.select(history.table.c.data).where(history.table.c.sender_id == conversation_id)
        try:
            rows = await self._access.transaction(
                lambda connection: list(connection.scalars(query.order_by(history.table.c.id)))
            )
        except DatabaseAway:
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
        if sender_id in self._saving:
            return self._recent.get(sender_id)
        try:
            events = await self._access.brief(partial(history.load_events, sender_id=sender_id))
        except DatabaseAway:
            return self._recent.get(sender_id)
        self._recent.replace(sender_id, events)
        return events

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
