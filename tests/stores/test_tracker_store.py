from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DataError

from assistant.stores import history, saving
from assistant.stores.keeping import NOT_KEPT, Kept
from assistant.stores.purge import purge
from assistant.stores.tracker_store import RedactingTrackerStore
from assistant.stores.writing import write
from tests.stores.busy import somebody_writing
from tests.stores.looking import SENDER, counted, written
from tests.stores.talk import DANGER, said, session_start, talk, turn


async def test_conversation_comes_back(store: RedactingTrackerStore) -> None:
    before = await talk(store, SENDER, *turn(said("What does it cost?")))
    await talk(store, SENDER, *turn(said("And how long?"), SlotSet("handoff_topic", "faq/cost")))
    after = await store.retrieve(SENDER)
    assert after is not None
    assert after.get_slot("handoff_topic") == "faq/cost"
    texts = [event.text for event in after.events if isinstance(event, UserUttered)]
    assert texts == ["What does it cost?", "And how long?"]
    assert after.latest_bot_utterance.metadata["utter_action"] == "utter_faq/cost"
    assert len(before.events) == 7
    # The session's start precedes its own mark and is not loaded, as in Rasa's own store.
    assert len(written(store)) == len(after.events) + 1


async def test_personal_details_are_not_written(store: RedactingTrackerStore) -> None:
    events = turn(
        said("I'm Marcus, 480 555 0117, me@x.org", "inform"),
        SlotSet("private_words", ["Marcus"]),
        SlotSet("first_name", "given"),
        answer="Thanks, Marcus. I have (480) 555-0117.",
    )
    tracker = await talk(store, SENDER, *events)
    stored = json.dumps(written(store))
    for secret in ("Marcus", "555 0117", "555-0117", "me@x"):
        assert secret not in stored
    assert "I'm [name], [phone], [email]" in stored
    assert "Thanks, [name]. I have [phone]." in stored
    assert "response_selector" not in stored
    assert tracker.latest_message.text == "I'm Marcus, 480 555 0117, me@x.org"
    assert tracker.latest_message.parse_data["entities"][0]["value"] == "Marcus"
    assert tracker.latest_bot_utterance.text.startswith("Thanks, Marcus")
    assert tracker.get_slot("private_words") == ["Marcus"]
    after = await store.retrieve(SENDER)
    assert after is not None
    assert after.get_slot("first_name") == "given"
    assert after.get_slot("private_words") is None


async def test_answer_to_the_form_is_not_written_when_the_action_server_is_away(
    store: RedactingTrackerStore,
) -> None:
    await talk(store, SENDER, *turn(said("marcus bell", "inform"), action="contact_form"))
    assert "marcus" not in json.dumps(written(store))
    await talk(store, SENDER, *turn(said("does it hurt?"), ActionExecuted("contact_form")))
    assert "does it hurt?" in json.dumps(written(store))


async def test_clinics_own_number_stays(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_public", ["(480) 555-0100"])
    answer = "Call (480) 555-0100. I noted (480) 555-0117."
    await talk(store, SENDER, *turn(said("(480) 555-0100?"), answer=answer))
    texts = [event["text"] for event in written(store) if event["event"] in ("user", "bot")]
    assert texts == ["[phone]?", "Call (480) 555-0100. I noted [phone]."]


async def test_crisis_is_only_counted(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *turn(said("hello")))
    crisis = said("I will take the pills, Marcus", "crisis", DANGER)
    tracker = await talk(
        store, SENDER, *turn(crisis, SlotSet("crisis_seen", True), answer="Call 988.")
    )
    await talk(store, "rest:bob", *turn(crisis))
    assert tracker.latest_message.text == "I will take the pills, Marcus"
    stored = json.dumps(written(store)[7:])
    for secret in ("pills", "Marcus", "Call 988", "topic_ranking"):
        assert secret not in stored
    after = await store.retrieve(SENDER)
    assert after is not None
    assert after.latest_message.text == NOT_KEPT
    assert after.latest_message.intent_name == "crisis"
    assert after.latest_message.parse_data["safety"]["tier"] == "HARD"
    assert "rules" not in after.latest_message.parse_data["safety"]
    assert after.get_slot("crisis_seen") is True
    assert after.latest_bot_utterance.metadata["utter_action"] == "utter_faq/cost"
    assert counted(store) == [("crisis", 2)]


async def test_danger_that_only_the_reply_shows_is_not_written(
    store: RedactingTrackerStore,
) -> None:
    await talk(store, SENDER, *turn(said("with pills"), action="utter_crisis_again"))
    assert "pills" not in json.dumps(written(store))
    assert counted(store) == [("crisis", 1)]


async def test_texts_after_a_crisis_are_kept_again(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *turn(said("pills", "crisis", DANGER)))
    await talk(store, SENDER, *turn(said("thank you")))
    after = await store.retrieve(SENDER)
    assert after is not None
    assert after.latest_message.text == "thank you"


async def test_forget_me_leaves_nothing(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *turn(said("What does it cost?")))
    await talk(store, "rest:bob", *turn(said("hello")))
    await talk(store, SENDER, *turn(said("delete my data"), SlotSet("forget_me", True)))
    assert written(store) == []
    assert await store.retrieve(SENDER) is None
    assert len(written(store, "rest:bob")) == 7
    await talk(store, SENDER, *turn(said("hello again")))
    assert len(written(store)) == 7


async def test_only_the_latest_session_is_loaded(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *turn(said("old")))
    await talk(store, SENDER, *session_start(), *turn(said("new")))
    after = await store.retrieve(SENDER)
    assert after is not None
    assert "old" not in [getattr(event, "text", "") for event in after.events]
    full = await store.retrieve_full_tracker(SENDER)
    assert full is not None
    assert len(full.events) == len(written(store)) == 14


async def test_saving_twice_in_a_turn_writes_once(store: RedactingTrackerStore) -> None:
    tracker = await talk(store, SENDER, *turn(said("hello")))
    await store.save(tracker)
    tracker.update(SlotSet("handoff_topic", "x"))
    await store.save(tracker)
    assert len(written(store)) == 8


async def test_tracker_of_another_maker_is_continued(store: RedactingTrackerStore) -> None:
    await talk(store, SENDER, *turn(said("hello")))
    loaded = await store.retrieve(SENDER)
    assert loaded is not None
    foreign = loaded.copy()
    foreign.update(SlotSet("handoff_topic", "x"))
    await store.save(foreign)
    assert len(written(store)) == 8


async def test_long_conversation_is_cut_but_keeps_its_state(store: RedactingTrackerStore) -> None:
    state = [
        SlotSet("crisis_seen", True),
        SlotSet("handoff_topic", "a"),
        ActiveLoop("contact_form"),
    ]
    await talk(store, SENDER, *turn(said("first"), *state))
    for number in range(history.TURNS + 5):
        await talk(store, SENDER, *turn(said(f"message {number}")))
    after = await store.retrieve(SENDER)
    assert after is not None
    texts = [event.text for event in after.events if isinstance(event, UserUttered)]
    assert (texts[0], texts[-1], len(texts)) == ("message 5", "message 9", history.TURNS)
    assert after.get_slot("crisis_seen") is True
    assert after.get_slot("handoff_topic") == "a"
    assert after.active_loop_name == "contact_form"
    in_memory = history.to_events(store._recent.get(SENDER))
    assert [event.type_name for event in in_memory] == [event.type_name for event in after.events]
    assert len(written(store)) == 3 + 7 + 4 * (history.TURNS + 5)


async def test_old_events_are_purged(store: RedactingTrackerStore) -> None:
    now = datetime.now(tz=timezone.utc)
    old = turn(said("old"))
    for event in old:
        event.timestamp = (now - timedelta(days=31)).timestamp()
    await talk(store, SENDER, *old)
    await talk(store, "rest:bob", *turn(said("pills", "crisis", DANGER)))
    assert purge(now, store.engine, days=30) == 4
    assert [event["event"] for event in written(store)] == ["action", "session_started", "action"]
    assert len(written(store, "rest:bob")) == 7
    assert purge(now, store.engine, days=30) == 0
    assert counted(store) == [("crisis", 1)]


async def test_two_stores_on_one_database(store: RedactingTrackerStore, domain: Domain) -> None:
    other = RedactingTrackerStore(domain, store.engine.url.render_as_string(hide_password=False))
    await talk(store, SENDER, *turn(said("one")))
    await talk(other, SENDER, *turn(said("two")))
    after = await store.retrieve(SENDER)
    other.engine.dispose()
    assert after is not None
    assert after.latest_message.text == "two"
    assert set(await store.keys()) == {SENDER}


class Broker(EventBroker):  # type: ignore[misc]
    def __init__(self, failing: bool = False) -> None:
        self.published: list[dict[str, Any]] = []
        self.failing = failing

    def publish(self, event: dict[str, Any]) -> None:
        if self.failing:
            raise ConnectionError
        self.published.append(event)


async def test_broker_gets_what_is_written(store: RedactingTrackerStore) -> None:
    broker = store.event_broker = Broker()
    await talk(store, SENDER, *turn(said("call 480 555 0117")))
    assert broker.published == [{"sender_id": SENDER, **event} for event in written(store)]
    assert "480 555" not in json.dumps(broker.published)


async def test_failing_broker_costs_nothing(store: RedactingTrackerStore) -> None:
    store.event_broker = Broker(failing=True)
    await talk(store, SENDER, *turn(said("hello")))
    assert len(written(store)) == 7


async def test_created_by_rasa_from_endpoints(tmp_path: Path, domain: Domain) -> None:
    url = f"sqlite:///{tmp_path / 'a' / 'b.db'}"
    kind = "assistant.stores.tracker_store.RedactingTrackerStore"
    store = TrackerStore.create(EndpointConfig(url=url, type=kind), domain)
    assert type(store) is RedactingTrackerStore
    safe = FailSafeTrackerStore(store)
    await talk(safe, SENDER, *turn(said("one")))
    await talk(safe, SENDER, *turn(said("two")))
    assert len(written(store)) == 3 + 4 + 4


async def test_what_others_put_into_an_action_is_redacted(store: RedactingTrackerStore) -> None:
    told = ActionExecuted("utter_faq", metadata={"note": "call 415 555 0134"})
    spoken = ActionExecuted(action_text="call 415 555 0134")
    await talk(store, SENDER, *turn(said("does it hurt?"), told, spoken))
    assert "0134" not in str(written(store))
    assert str(written(store)).count("[phone]") == 2


def test_bot_events_keep_what_the_dialogue_reads(domain: Domain) -> None:
    event = BotUttered("x", {}, {"utter_action": "utter_a", "variation": 1})
    (rebuilt,) = history.to_events([event.as_dict()])
    assert rebuilt == event


async def test_a_first_turn_is_written_at_once(store: RedactingTrackerStore) -> None:
    tracker = await store.get_or_create_tracker(SENDER)
    assert written_or_nothing(store) == []
    tracker.update_with_events(session_start(), store.domain)
    tracker.update_with_events(turn(said("hello")), store.domain)
    await store.save(tracker)
    assert [event["event"] for event in written(store)] == [e.type_name for e in tracker.events]


async def test_nothing_is_folded_before_there_is_more_than_a_turn_needs(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds: list[int] = []
    fold = history.fold

    def count(connection: Connection, sender_id: str) -> None:
        folds.append(turns)
        fold(connection, sender_id)

    monkeypatch.setattr(history, "fold", count)
    for turns in range(1, 9):  # noqa: B007
        tracker = await store.get_or_create_tracker(SENDER)
        tracker.update_with_events(turn(said("hello")), store.domain)
        await store.save(tracker)
    assert folds == [5, 6, 7, 8]


def written_or_nothing(store: RedactingTrackerStore) -> list[dict[str, Any]]:
    history.create_tables(store.engine)
    return written(store)


async def _save_together(store: RedactingTrackerStore, senders: list[str]) -> None:
    trackers = [await store.get_or_create_tracker(sender) for sender in senders]
    for tracker in trackers:
        tracker.update_with_events(turn(said("hello")), store.domain)
    await asyncio.gather(*map(store.save, trackers))


async def test_conversations_that_come_together_wait_once_for_the_disk(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_together: list[int] = []

    def count(connection: Connection, conversations: dict[str, list[Kept]]) -> None:
        write(connection, conversations)
        written_together.append(len(conversations))

    await _save_together(store, ["rest:before"])
    monkeypatch.setattr(saving, "write", count)
    senders = [f"rest:{number}" for number in range(9)]
    with somebody_writing(store.engine):
        together = asyncio.create_task(_save_together(store, senders))
        for _ in senders:  # each comes as far as it can
            await asyncio.sleep(0)
    await together
    # The first to come goes alone if it has begun before the others are there.
    assert written_together in ([9], [1, 8])
    assert all(len(written(store, sender)) == 5 for sender in senders)


async def test_a_conversation_that_is_refused_takes_no_other_along(
    store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(connection: Connection, conversations: dict[str, list[Kept]]) -> None:
        write(connection, conversations)
        if "rest:bad" in conversations:
            raise DataError("too long", None, Exception())

    monkeypatch.setattr(saving, "write", refuse)
    await _save_together(store, ["rest:first", "rest:bad", "rest:good"])
    assert [len(written(store, f"rest:{name}")) for name in ("first", "bad", "good")] == [5, 0, 5]
    await _save_together(store, ["rest:next"])
    assert len(written(store, "rest:next")) == 5
