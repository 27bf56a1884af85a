"""What a conversation is rebuilt from: its last turns, and what is left of those before them.

Rasa rebuilds its state from every event in each turn. Here the last turns are loaded whole; of
what came before them in the session only the newest value of each slot, the active form, and
which answers were given. That is folded into one row whenever a turn is written, so that no
turn reads more than the one before, however long the conversation has become.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from sqlalchemy.engine import Connection, Engine

from assistant.stores import database
from assistant.stores.database import metadata, upsert

StoredEvent = dict[str, Any]

# A follow-up refers to an answer at most four turns back; danger is looked for in three messages.
TURNS = 5
ANSWERS = 20
"""How many earlier answers are remembered, so that they are not given in the same words."""

# The same in every kind of bot event that Rasa writes; texts and buttons are not needed.
_ABOUT_ANSWER = ("utter_action", "variation", "offers", "notes")

table = SQLTrackerStore.SQLEvent.__table__
by_sender = sa.Index("ix_events_sender_id_id", table.c.sender_id, table.c.id)
folded = sa.Table(
    "folded_conversations",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    # The newest event that is folded.
    sa.Column("last_id", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)

# Put together once: for SQLAlchemy that takes as long as a query.
_sender = sa.bindparam("sender")
_FOLDED = sa.select(folded.c.last_id, folded.c.state).where(folded.c.sender_id == _sender)
_EVENTS = (
    sa.select(table.c.data)
    .where(table.c.sender_id == _sender, table.c.id > sa.bindparam("last_id"))
    .order_by(table.c.id)
)
_last_id = sa.func.coalesce(
    sa.select(folded.c.last_id).where(folded.c.sender_id == _sender).scalar_subquery(), 0
)
_unfolded = sa.and_(table.c.sender_id == _sender, table.c.id > _last_id)
_OUTLINE = (
    sa.select(table.c.id, table.c.type_name, table.c.action_name, _last_id.label("last_id"))
    .where(_unfolded)
    .order_by(table.c.id)
)
_TO_FOLD = (
    sa.select(table.c.data)
    .where(_unfolded, table.c.id >= sa.bindparam("start"), table.c.id < sa.bindparam("window"))
    .order_by(table.c.id)
)
_FOLD_AGAIN = (
    sa.update(folded)
    .where(folded.c.sender_id == _sender)
    .values(last_id=sa.bindparam("newest"), state=sa.bindparam("folded"))
)


def create_tables(engine: Engine) -> None:
    """Make Rasa's table of events, ours, and the index, where they are missing.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if the database cannot be used.
    """
    database.create_tables(engine, table.metadata)
    database.create_tables(engine)
    by_sender.create(engine, checkfirst=True)


def load_events(connection: Connection, sender_id: str) -> list[StoredEvent]:
    """Return what the conversation is rebuilt from, oldest first."""
    last_id, state = _folded(connection, sender_id)
    rows = connection.scalars(_EVENTS, {"sender": sender_id, "last_id": last_id})
    return latest_session([*state, *map(json.loads, rows)])


def load_back(connection: Connection, sender_id: str, events: int = 400) -> list[StoredEvent]:
    """Return the newest events, whole, after what was folded; some may be in both."""
    newest = sa.select(table.c.data).where(table.c.sender_id == sender_id)
    rows = list(connection.scalars(newest.order_by(table.c.id.desc()).limit(events)))
    return [*_folded(connection, sender_id)[1], *map(json.loads, reversed(rows))]


def has_to_fold(events: Iterable[Event]) -> bool:
    """Tell whether `fold` has something to do once all `events` in memory are written."""
    listens = 0
    was_used = False
    for event in events:
        if isinstance(event, SessionStarted) and was_used:
            return True
        was_used |= isinstance(event, UserUttered)
        listens += _is_listen(event.type_name, getattr(event, "action_name", None))
    return listens > TURNS


def fold(connection: Connection, sender_id: str) -> None:
    """Fold all but the last turns of the latest session, after a write if `has_to_fold`."""
    rows = connection.execute(_OUTLINE, {"sender": sender_id}).all()
    started = [row.id for row in rows if row.type_name == SessionStarted.type_name]
    listens = [row.id for row in rows if _is_listen(row.type_name, row.action_name)]
    window = listens[-TURNS - 1] if len(listens) > TURNS else 0
    start = started[-1] if started else 0
    if not window and (not start or _is_first_session(start, rows)):
        return
    events = [] if start else _folded(connection, sender_id)[1]
    stored = connection.scalars(_TO_FOLD, {"sender": sender_id, "start": start, "window": window})
    events = [*events, *map(json.loads, stored)]
    newest, state = max(start, window) - 1, json.dumps(condense(events))
    new = {"sender": sender_id, "newest": newest, "folded": state}
    if not connection.execute(_FOLD_AGAIN, new).rowcount:
        row = {"last_id": newest, "state": state}
        connection.execute(upsert(connection, folded, {"sender_id": sender_id}, row))


def _is_first_session(start: int, rows: Sequence[sa.engine.Row]) -> bool:
    """Whether nobody has said anything before the session that starts at row `start`."""
    before = [row.type_name for row in rows if row.id < start]
    return rows[0].last_id == 0 and UserUttered.type_name not in before


def forget(connection: Connection, sender_id: str) -> None:
    """Delete all events of a conversation, and what was folded of them."""
    for place in (table, folded):
        connection.execute(sa.delete(place).where(place.c.sender_id == sender_id))


def _folded(connection: Connection, sender_id: str) -> tuple[int, list[StoredEvent]]:
    row = connection.execute(_FOLDED, {"sender": sender_id}).first()
    return (row.last_id, json.loads(row.state)) if row else (0, [])


def shorten(events: list[StoredEvent]) -> list[StoredEvent]:
    """Cut a conversation in memory down as `fold` does."""
    events = latest_session(events)
    listens = [
        index for index, event in enumerate(events) if _is_listen(event["event"], event.get("name"))
    ]
    if len(listens) <= TURNS:
        return events
    window = listens[-TURNS - 1]
    return [*condense(events[:window]), *events[window:]]


def latest_session(events: list[StoredEvent]) -> list[StoredEvent]:
    """Leave out what came before the latest start of a session."""
    starts = [n for n, event in enumerate(events) if event["event"] == SessionStarted.type_name]
    return events[starts[-1] :] if starts else events


def condense(events: Sequence[StoredEvent]) -> list[StoredEvent]:
    """Return the newest value of each slot, the active form, and the answers given, unworded."""
    state: dict[str, StoredEvent] = {}
    answers = []
    for event in events:
        if event["event"] == SlotSet.type_name:
            state[event["name"]] = event
        elif event["event"] == ActiveLoop.type_name:
            state["active form"] = event  # no slot's name has a blank
        elif event["event"] == BotUttered.type_name:
            answers.append(_unworded(event))
    return [*answers[-ANSWERS:], *state.values()]


def _unworded(event: StoredEvent) -> StoredEvent:
    about = event.get("metadata") or {}
    kept = {key: about[key] for key in _ABOUT_ANSWER if key in about}
    return {**event, "text": None, "data": {}, "metadata": kept}


def _is_listen(type_name: str, action_name: str | None) -> bool:
    return bool(type_name == ActionExecuted.type_name and action_name == ACTION_LISTEN_NAME)


def to_events(stored: list[StoredEvent]) -> list[Event]:
    """Rebuild Rasa's events; kinds that this version does not know are left out."""
    events = [(_kind(data["event"]), data) for data in stored]
    return [kind._from_parameters(data) for kind, data in events if kind is not None]


@lru_cache(maxsize=64)
def _kind(name: str) -> type[Event] | None:
    # Rasa's own look-up walks the tree of event classes for each event.
    kind: type[Event] | None = Event.resolve_by_type(name, default=None)
    return kind
