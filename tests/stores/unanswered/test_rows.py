from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import SlotSet

from assistant.settings import settings
from assistant.stores.purge import purge_unanswered
from assistant.stores.tracker_store import RedactingTrackerStore
from assistant.stores.unanswered import rows
from tests.stores.looking import SENDER, written
from tests.stores.talk import said, talk
from tests.stores.unanswered.test_picking import missed, thumbs_down, turn

BOB = "telegram:12345"


def kept(store: RedactingTrackerStore) -> list[str]:
    return [question.text for question in rows.load(store.engine)]


async def test_questions_are_written_without_their_sender(store: RedactingTrackerStore) -> None:
    await talk(store, BOB, *missed("do you take blue cross, i am at 480 555 0117"))
    await talk(store, BOB, *turn(said("how long")))
    await talk(store, BOB, *thumbs_down())
    assert kept(store) == ["how long", "do you take blue cross, i am at [phone]"]
    with store.engine.connect() as connection:
        (row, _) = connection.execute(sa.select(rows.table)).all()
    assert "12345" not in str(tuple(row))
    assert (row.channel, row.answered) == ("rest", "clarify")
    assert row.asked_on == datetime.now(tz=timezone.utc).date()


async def test_delete_my_data_deletes_them(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *missed("first"))
    await talk(store, BOB, *missed("second"))
    await talk(store, SENDER, *turn(said("delete my data"), SlotSet("forget_me", True)))
    assert kept(store) == ["second"]


async def test_they_outlive_the_conversation_and_are_purged_in_time(
    store: RedactingTrackerStore,
) -> None:
    for text, days in (("old", 91), ("older", 400), ("young", 90)):
        events = missed(text)
        for event in events:
            event.timestamp -= timedelta(days=days).total_seconds()
        await talk(store, SENDER, *events)
    now = datetime.now(tz=timezone.utc)
    assert purge_unanswered(now, store.engine, days=90) == 2
    assert kept(store) == ["young"]


async def test_without_a_key_the_conversation_is_written_all_the_same(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(settings(), "contact_key", None)
    monkeypatch.setattr(settings(), "contact_key_file", tmp_path / "file" / "contact.key")
    await talk(store, SENDER, *missed("how much is it"))
    assert kept(store) == []
    assert len(written(store)) == 7
