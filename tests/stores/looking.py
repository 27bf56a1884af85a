"""What stands in the database after a conversation."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from assistant.stores import history
from assistant.stores.database import crisis_turns
from assistant.stores.tracker_store import RedactingTrackerStore

SENDER = "rest:ann"


def written(store: RedactingTrackerStore, sender: str = SENDER) -> list[dict[str, Any]]:
    query = sa.select(history.table.c.data).where(history.table.c.sender_id == sender)
    with store.engine.connect() as connection:
        return [json.loads(row) for row in connection.scalars(query.order_by(history.table.c.id))]


def counted(store: RedactingTrackerStore) -> list[tuple[str, int]]:
    with store.engine.connect() as connection:
        return [(row.kind, row.turns) for row in connection.execute(sa.select(crisis_turns))]
