"""The events that a conversation is rebuilt from, however long it has become."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from sqlalchemy.orm import Session

# Rasa rebuilds its state from every event in each turn. These turns are loaded whole; of what
# came before them in the session, only the newest value of each slot and the active form.
TURNS = 30

table = SQLTrackerStore.SQLEvent.__table__


def load_events(session: Session, sender_id: str, turns: int = TURNS) -> list[str]:
    """Return the latest session's events as JSON, oldest first, cut down to `turns` turns."""
    own = table.c.sender_id == sender_id
    started = session.scalar(
        sa.select(sa.func.max(table.c.id)).where(own, table.c.type_name == SessionStarted.type_name)
    )
    own = sa.and_(own, table.c.id >= (started or 0))
    listens = sa.and_(
        own,
        table.c.type_name == ActionExecuted.type_name,
        table.c.action_name == ACTION_LISTEN_NAME,
    )
    newest_first = sa.select(table.c.id).where(listens).order_by(table.c.id.desc())
    window = session.scalar(newest_first.offset(turns).limit(1)) or 0
    wanted = sa.and_(own, table.c.id >= window)
    if window:
        wanted = sa.or_(wanted, table.c.id.in_(_state_before(own, window)))
    return list(session.scalars(sa.select(table.c.data).where(wanted).order_by(table.c.id)))


def _state_before(own: Any, window: int) -> Any:
    before = sa.and_(own, table.c.id < window)
    newest = sa.select(sa.func.max(table.c.id))
    slots = newest.where(before, table.c.type_name == SlotSet.type_name)
    form = newest.where(before, table.c.type_name == ActiveLoop.type_name)
    return slots.group_by(table.c.action_name).union_all(form)


def shorten(events: list[dict[str, Any]], turns: int = TURNS) -> list[dict[str, Any]]:
    """Cut a session in memory down as `load_events` does."""
    listens = [
        index
        for index, event in enumerate(events)
        if event["event"] == ActionExecuted.type_name and event.get("name") == ACTION_LISTEN_NAME
    ]
    if len(listens) <= turns:
        return events
    window = listens[-turns - 1]
    state: dict[tuple[str, str], dict[str, Any]] = {}
    for event in events[:window]:
        if event["event"] in (SlotSet.type_name, ActiveLoop.type_name):
            name = event["name"] if event["event"] == SlotSet.type_name else ""
            state[event["event"], name] = event
    return [*state.values(), *events[window:]]


def to_events(stored: list[dict[str, Any]]) -> list[Event]:
    """Rebuild Rasa's events; kinds that this version does not know are left out."""
    events = [(_kind(data["event"]), data) for data in stored]
    return [kind._from_parameters(data) for kind, data in events if kind is not None]


@lru_cache(maxsize=64)
def _kind(name: str) -> type[Event] | None:
    # Rasa's own look-up walks the tree of event classes for each event.
    kind: type[Event] | None = Event.resolve_by_type(name, default=None)
    return kind
