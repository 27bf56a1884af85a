"""A turn reads, and replays, as much late in a conversation as early in it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.stores import history
from assistant.stores.tracker_store import RedactingTrackerStore
from tests.stores.looking import SENDER, written
from tests.stores.talk import said, session_start, talk, turn

SETTLED = 2 * history.ANSWERS  # turns after which everything that is bounded is at its bound


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the events that trackers were given."""
    counts: Counter[str] = Counter()
    update = DialogueStateTracker.update

    def counted(tracker: DialogueStateTracker, event: Event, *more: Any) -> None:
        counts["events"] += 1
        update(tracker, event, *more)

    monkeypatch.setattr(DialogueStateTracker, "update", counted)
    return counts


async def one_turn(store: RedactingTrackerStore, number: int) -> None:
    topic = SlotSet("handoff_topic", f"faq/{number % 7}")
    await talk(store, SENDER, *turn(said(f"question {number}"), topic))


async def test_no_turn_replays_more_than_the_one_before(
    store: RedactingTrackerStore, replayed: Counter[str]
) -> None:
    spent = []
    for number in range(SETTLED + 100):
        before = replayed["events"]
        await one_turn(store, number)
        spent.append(replayed["events"] - before)
    assert spent[SETTLED] == spent[-1]
    assert spent[-1] <= history.ANSWERS + 7 * (history.TURNS + 2)


async def test_no_turn_makes_the_database_work_more(tmp_path: Path, domain: Domain) -> None:
    store = RedactingTrackerStore(domain, f"sqlite:///{tmp_path / 'clinic.db'}")
    done: Counter[str] = Counter()

    def count(connection: sqlite3.Connection, _: Any) -> None:
        # Called for every 10 instructions of SQLite's virtual machine: rows scanned count, too.
        connection.set_progress_handler(lambda: done.update(steps=1), 10)

    sa.event.listen(sa.pool.Pool, "connect", count)
    try:
        spent = []
        for number in range(SETTLED + 200):
            before = done["steps"]
            await one_turn(store, number)
            spent.append(done["steps"] - before)
    finally:
        sa.event.remove(sa.pool.Pool, "connect", count)
    assert spent[SETTLED] > 10
    assert max(spent[-20:]) <= 1.1 * max(spent[SETTLED : SETTLED + 20])


async def test_the_memory_of_a_process_holds_no_more_of_a_long_conversation(
    store: RedactingTrackerStore,
) -> None:
    sizes = []
    for number in range(SETTLED + 50):
        await one_turn(store, number)
        sizes.append(len(json.dumps(store._recent.get(SENDER))))
    assert sizes[-1] <= 1.05 * sizes[SETTLED]


@pytest.mark.parametrize("turns", [history.TURNS - 1, history.TURNS, history.TURNS + 1, 60])
async def test_the_cut_conversation_is_what_memory_holds(
    store: RedactingTrackerStore, turns: int
) -> None:
    form = [ActiveLoop("contact_form"), SlotSet("requested_slot", "first_name")]
    await talk(store, SENDER, *turn(said("call me"), *form))
    for number in range(turns):
        await one_turn(store, number)
    after = await store.retrieve(SENDER)
    assert after is not None
    assert list(after.events) == history.to_events(store._recent.get(SENDER))
    whole = await store.retrieve_full_tracker(SENDER)
    assert whole is not None
    assert after.current_slot_values() == whole.current_slot_values()
    assert after.active_loop_name == whole.active_loop_name == "contact_form"
    assert after.latest_message == whole.latest_message
    answers = [e.metadata["utter_action"] for e in after.events if e.type_name == "bot"]
    assert len(answers) == min(turns + 1, history.TURNS + history.ANSWERS)


async def test_nothing_of_an_earlier_session_comes_back(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *turn(said("old"), SlotSet("crisis_seen", True)))
    for number in range(2 * history.TURNS):
        await one_turn(store, number)
    await talk(store, SENDER, *session_start(), *turn(said("new")))
    for number in range(2 * history.TURNS):
        await one_turn(store, number)
    after = await store.retrieve(SENDER)
    assert after is not None
    assert after.get_slot("crisis_seen") is None
    assert "old" not in json.dumps(history.condense(store._recent.get(SENDER)))


async def test_a_conversation_from_before_the_folding_goes_on(
    store: RedactingTrackerStore,
) -> None:
    for number in range(30):
        await one_turn(store, number)
    before = await store.retrieve(SENDER)
    with store.engine.begin() as connection:
        connection.execute(sa.delete(history.folded))
    await one_turn(store, 30)
    after = await store.retrieve(SENDER)
    assert before is not None
    assert after is not None
    assert len(after.events) == len(before.events)


async def test_forgetting_forgets_what_was_folded(store: RedactingTrackerStore) -> None:
    for number in range(2 * history.TURNS):
        await one_turn(store, number)
    await talk(store, SENDER, *turn(said("delete my data"), SlotSet("forget_me", True)))
    assert written(store) == []
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(history.folded)).all() == []
