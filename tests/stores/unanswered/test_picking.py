from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, Event, SlotSet

from assistant.stores.keeping import keep
from assistant.stores.unanswered.picking import Unanswered
from tests.stores.talk import DANGER, SAFE, said, turn

MISSES = {
    "utter_clarify": "clarify",
    "utter_out_of_scope": "fallback",
    "utter_offer_person": "fallback",
}
SOFT = {**SAFE, "tier": "SOFT", "kind": "crisis"}


def missed(text: str, *events: Event, safety: dict[str, Any] = SAFE) -> list[Event]:
    return turn(said(text, "nlu_fallback", safety), *events, action="utter_clarify")


def thumbs_down() -> list[Event]:
    return turn(said("not what i asked", "feedback_negative"), action="utter_feedback_negative")


def picked(*turns: list[Event], saved: int = 0) -> list[tuple[str, str]]:
    """What is kept of a conversation whose first `saved` turns are written already."""
    start = sum(map(len, turns[:saved]))
    kept = keep([event for one in turns for event in one], start)
    return [(question.text, question.answered) for question in kept.unanswered]


@pytest.mark.parametrize("action", MISSES)
def test_a_miss_is_kept(action: str) -> None:
    message = said("do you take my insurence", "nlu_fallback")
    message.timestamp = 1790000000.0
    kept = keep(turn(message, action=action))
    question = Unanswered(date(2026, 9, 21), "rest", "do you take my insurence", MISSES[action])
    assert kept.unanswered == [question]


def test_what_we_know_nothing_of_is_kept_as_out_of_scope() -> None:
    told = turn(said("do you do botox", "out_of_scope"), action="utter_out_of_scope")
    assert picked(told) == [("do you do botox", "out_of_scope")]


def test_an_answer_is_not_kept() -> None:
    assert picked(turn(said("What does it cost?"))) == []


def test_personal_details_are_redacted() -> None:
    (question,) = picked(missed("call me at\n480 555 0117,\x00 how much\t is it"))
    assert question[0] == "call me at [phone], how much is it"


def test_thumbs_down_keeps_the_question_before() -> None:
    asked = said("how much is it")
    asked.parse_data["answers"] = ["faq/cost", "clinic/insurance"]
    assert picked(turn(asked), thumbs_down(), saved=1) == [
        ("how much is it", "faq/cost|clinic/insurance")
    ]


def test_thumbs_down_on_a_miss_or_another_counts_once() -> None:
    assert len(picked(missed("how much is it"), thumbs_down())) == 1
    assert len(picked(turn(said("how much is it")), thumbs_down(), thumbs_down())) == 1
    assert picked(thumbs_down()) == []


@pytest.mark.parametrize("safety", [DANGER, SOFT, {}], ids=["hard", "soft", "unknown"])
def test_nothing_said_in_danger_is_kept(safety: dict[str, Any]) -> None:
    assert picked(missed("i can't go on", safety=safety)) == []
    assert picked(turn(said("i can't go on", safety=safety)), thumbs_down()) == []


def test_nothing_is_kept_once_somebody_was_in_danger() -> None:
    crisis = turn(said("pills", "crisis", DANGER), SlotSet("crisis_seen", True))
    assert picked(crisis, missed("what now"), saved=1) == []


def test_danger_that_only_the_reply_shows_is_not_kept() -> None:
    shown = turn(said("with pills", "nlu_fallback"), action="utter_crisis_again")
    assert picked([*shown, ActionExecuted("utter_clarify")]) == []


def test_nothing_said_to_the_form_is_kept() -> None:
    asked = turn(said("call me", "talk_to_person"), action="contact_form")
    named = missed("marcus", SlotSet("private_words", ["marcus"]))
    in_form = turn(said("what for", "faq"), ActionExecuted("contact_form"))
    assert picked(asked, missed("marcus")) == []
    assert picked(named) == []
    assert picked(in_form, thumbs_down()) == []
    assert picked(missed("marcus"), turn(said("x"), action="contact_form")) == [
        ("marcus", "clarify")
    ]


@pytest.mark.parametrize("text", ["", ".", "?", "5", "x", "\U0001f600", "480 555 0117", "k 9!"])
def test_gibberish_is_not_kept(text: str) -> None:
    assert picked(missed(text)) == []


def test_a_turn_is_kept_once() -> None:
    assert picked(missed("how much is it"), turn(said("thanks")), saved=1) == []


def test_forgetting_leaves_nothing() -> None:
    asked = turn(said("delete my data"), SlotSet("forget_me", True))
    assert picked(missed("how much is it"), asked) == []
