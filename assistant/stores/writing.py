"""Writes redacted events to the database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.stores import history
from assistant.stores.database import crisis_turns, upsert
from assistant.stores.history import table
from assistant.stores.keeping import Kept
from assistant.stores.unanswered import rows as unanswered

_INSERT = sa.insert(table)


def write(connection: Connection, conversations: Mapping[str, Sequence[Kept]]) -> None:
    """Write what came of each conversation, oldest first.

    What is to be forgotten deletes all that was there; turns in danger are only counted, and
    unanswered questions are written a second time, without the sender.
    """
    # In one order in all processes, so that no two of them wait for each other.
    for sender_id, kept in sorted(conversations.items()):
        _write(connection, sender_id, kept)
    crisis: Counter[tuple[date, str]] = Counter()
    for kept in conversations.values():
        for part in kept:
            crisis.update(part.crisis)
    for (day, kind), turns in sorted(crisis.items()):
        _count(connection, day, kind, turns)


def _write(connection: Connection, sender_id: str, kept: Sequence[Kept]) -> None:
    for part in kept:
        if part.forget:
            history.forget(connection, sender_id)
            unanswered.forget(connection, sender_id)
        if part.events:
            connection.execute(_INSERT, [_row(sender_id, event) for event in part.events])
            if part.fold:
                history.fold(connection, sender_id)
        if part.unanswered:
            unanswered.add(connection, sender_id, part.unanswered)


def _row(sender_id: str, event: dict[str, Any]) -> dict[str, Any]:
    parsed = event.get("parse_data") or {}
    return {
        "sender_id": sender_id,
        "type_name": event["event"],
        "timestamp": event["timestamp"],
        "intent_name": (parsed.get("intent") or {}).get("name"),
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }


def _count(connection: Connection, day: date, kind: str, turns: int) -> None:
    there = {"day": day, "kind": kind}
    more = {"turns": crisis_turns.c.turns + turns}
    connection.execute(upsert(connection, crisis_turns, there, {"turns": turns}, more))
