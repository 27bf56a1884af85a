"""What "why" and "tell me more" bring, depending on what was said before."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import Event, SlotSet

from assistant.nlu.topics.follow_ups import TOPIC
from assistant.policies.bare_follow_ups import FollowUp, bare_follow_up
from assistant.policies.context import ContextPolicy
from tests.policies.test_steps import context, guard, predict
from tests.policies.trackers import in_form, says, tracker, utters

MORE = "utter_follow_up_more"
WHAT = "utter_follow_up_what"


def answered(label: str, **follow_ups: Any) -> list[Event]:
    """The visitor asked about a topic and got its answer."""
    topic = {"label": label, "question": "...", **follow_ups}
    return [*says("a question", answers=[label]), *utters(f"utter_{label}", **{TOPIC: topic})]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (FollowUp.MORE, ["tell me more", "Go on.", "more please", "and?", "ok, can you explain?"]),
        (FollowUp.MORE, ["could you elaborate on that pls", "I'd like to hear more", "contiune"]),
        (FollowUp.WHY, ["why", "WHY?!", "how come", "but why is that", "why so short", "y tho"]),
        (FollowUp.WHY, ["any idea why", "what's the reason", "why can't you tell me"]),
        (FollowUp.SOURCE, ["are you sure", "u sure about that?", "really?", "says who"]),
        (FollowUp.SOURCE, ["source?", "what's your source", "where did you get that from"]),
        (FollowUp.AGAIN, ["what do you mean", "huh?", "I don't get it", "in plain english please"]),
    ],
)
def test_bare_follow_ups_are_told_by_the_whole_message(kind: FollowUp, texts: list[str]) -> None:
    assert {text: bare_follow_up(text) for text in texts} == dict.fromkeys(texts, kind)


@pytest.mark.parametrize(
    "text",
    [
        "why is ketamine illegal", "why me", "tell me more about side effects", "no more", "",
        "more than 100 dollars?", "how come it costs so much", "are you sure it's safe", "sure",
        "go", "what is the source of anxiety", "what causes it", "i want to talk more often",
        "please explain the treatment plan", "really bad", "is there more than one clinic", "...",
    ],
)  # fmt: skip
def test_a_message_with_a_subject_is_no_bare_follow_up(text: str) -> None:
    assert bare_follow_up(text) is None


def test_more_goes_on_to_what_was_not_told_yet_until_nothing_is_left() -> None:
    first = answered("faq/a", more=["faq/safety", "faq/onset"])
    assert context(first, says("tell me more")) == "utter_faq/safety"
    assert context(answered("faq/safety"), first, says("tell me more")) == "utter_faq/onset"
    both = [*answered("faq/safety"), *answered("faq/onset")]
    assert context(both, first, says("tell me more")) == MORE


def test_why_gives_the_reasons_again_or_says_that_there_are_none() -> None:
    reasons = answered("faq/safety", why=["faq/side_effects"])
    assert context(reasons, says("why")) == "utter_faq/side_effects"
    told = answered("faq/side_effects")
    assert context(told, reasons, says("why")) == "utter_faq/side_effects"
    assert context(answered("faq/onset"), says("why")) == "utter_follow_up_why"


def test_a_source_is_named_and_words_are_put_differently() -> None:
    assert context(answered("faq/onset"), says("are you sure?")) == "utter_follow_up_source"
    assert context(answered("faq/onset"), says("what do you mean")) == "utter_faq/onset"


def test_the_last_answer_counts_with_small_talk_between() -> None:
    before = [*answered("faq/safety"), *answered("faq/onset")]
    thanks = [*says("thanks", "thank"), *utters("utter_thank")]
    assert context(before, thanks, says("what do you mean")) == "utter_faq/onset"


@pytest.mark.parametrize(
    "reply", ["utter_out_of_scope", "utter_contact_cancelled", "utter_visit_clinic"]
)
def test_after_anything_else_the_topic_is_asked_for(reply: str) -> None:
    since = [*says("something else"), *utters(reply)]
    assert context(answered("faq/onset"), since, says("tell me more")) == WHAT


def test_without_a_topic_only_a_miss_is_asked_back() -> None:
    assert context(says("why")) == WHAT
    assert context(says("go on", "nlu_fallback")) == WHAT
    assert context(says("really?", "bot_challenge")) is None


@pytest.mark.parametrize("text", ["go ahead", "why not", "ok go on"])
def test_go_ahead_accepts_an_offer(text: str) -> None:
    offer = [*says("cost?"), *utters("utter_clinic/cost", offers="callback", **TOPIC_OF_COST)]
    assert context(offer, says(text, "affirm")) == "contact_form"
    assert context(offer, says("are you sure", "affirm")) == "utter_follow_up_source"
    assert context(answered("faq/onset"), says("go ahead", "affirm")) == MORE


TOPIC_OF_COST: dict[str, Any] = {TOPIC: {"label": "clinic/cost", "question": "Cost?"}}


def test_the_form_and_danger_come_first() -> None:
    before = answered("faq/onset", more=["faq/safety"])
    assert context(before, in_form(), says("why")) is None
    hard = {"tier": "HARD", "kind": "crisis", "subject": "self", "language": "en"}
    assert guard(before, says("why", safety=hard)) == "utter_crisis"
    assert context(before, says("why", safety={"tier": "SOFT"})) == "utter_out_of_scope"


def test_after_a_crisis_reply_why_is_not_about_a_topic() -> None:
    crisis: list[Event] = [
        *answered("faq/onset", more=["faq/safety"]),
        *says("i want to die"),
        SlotSet("crisis_seen", True),
        *utters("utter_crisis"),
    ]
    assert context(crisis, says("tell me more")) == "utter_crisis_again"
    safe = [*says("im safe"), *utters("utter_crisis_safe")]
    assert context(crisis, safe, says("why")) == WHAT


def test_the_topic_of_a_follow_up_travels_with_a_request() -> None:
    state = tracker(answered("faq/a", more=["faq/safety"]), says("tell me more"))
    assert predict(ContextPolicy, state)[1] == [SlotSet("handoff_topic", "faq/safety")]
