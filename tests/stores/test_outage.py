from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered

from assistant.stores.tracker_store import RedactingTrackerStore
from tests.stores.looking import SENDER, counted, written
from tests.stores.talk import DANGER, said, talk, turn


def break_database(store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(work: Any) -> None:
        raise sa.exc.OperationalError("disk full", None, Exception())

    monkeypatch.setattr(store._access, "_transaction", fail)


def mend_database(store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    store._access._rests_until = 0.0


async def test_conversation_goes_on_while_the_database_is_away(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(store, SENDER, *turn(said("one"), SlotSet("handoff_topic", "a")))
    break_database(store, monkeypatch)
    await talk(store, SENDER, *turn(said("two, call 480 555 0117")))
    await talk(store, SENDER, *turn(said("three")))
    during = await store.retrieve(SENDER)
    assert during is not None
    assert [e.text for e in during.events if isinstance(e, UserUttered)] == [
        "one",
        "two, call [phone]",
        "three",
    ]
    assert during.get_slot("handoff_topic") == "a"
    mend_database(store, monkeypatch)
    await talk(store, "rest:bob", *turn(said("hello")))
    assert len(written(store)) == 3 + 5 + 4 + 4
    after = await store.retrieve(SENDER)
    assert after is not None
    assert list(after.events) == list(during.events)


async def test_forgetting_waits_for_the_database(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(store, SENDER, *turn(said("one")))
    break_database(store, monkeypatch)
    await talk(store, SENDER, *turn(said("two")))
    await talk(store, SENDER, *turn(said("delete my data"), SlotSet("forget_me", True)))
    assert await store.retrieve(SENDER) is None
    await talk(store, SENDER, *turn(said("hello")))
    mend_database(store, monkeypatch)
    await talk(store, "rest:bob", *turn(said("hello")))
    assert [e["text"] for e in written(store) if e["event"] == "user"] == ["hello"]


async def test_counts_survive_an_absent_database(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_database(store, monkeypatch)
    await talk(store, SENDER, *turn(said("pills", "crisis", DANGER)))
    mend_database(store, monkeypatch)
    await talk(store, SENDER, *turn(said("pills", "crisis", DANGER)))
    assert counted(store) == [("crisis", 2)]


async def test_database_that_never_answers_does_not_stop_the_start(domain: Domain) -> None:
    store = RedactingTrackerStore(domain, "postgresql://nobody@127.0.0.1:9/none")
    await talk(store, SENDER, *turn(said("one")))
    await talk(store, SENDER, *turn(said("two")))
    after = await store.retrieve(SENDER)
    assert after is not None
    assert [e.text for e in after.events if isinstance(e, UserUttered)] == ["one", "two"]


async def test_place_that_cannot_be_written(tmp_path: Path, domain: Domain) -> None:
    (tmp_path / "clinic.db").mkdir()
    store = RedactingTrackerStore(domain, f"sqlite:///{tmp_path / 'clinic.db'}")
    await talk(store, SENDER, *turn(said("one")))
    assert await store.retrieve(SENDER) is not None


async def test_memory_is_bounded(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.stores.memory.MAX_RECENT", 3)
    monkeypatch.setattr("assistant.stores.memory.MAX_UNSAVED", 3)
    break_database(store, monkeypatch)
    for number in range(5):
        await talk(store, f"rest:{number}", *turn(said("hello")))
    assert [await store.retrieve(f"rest:{n}") is None for n in range(5)] == [
        True,
        True,
        False,
        False,
        False,
    ]
