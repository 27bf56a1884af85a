"""Which action the step policies choose in small conversation states."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import ActionExecuted, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.policies.context import ContextPolicy
from assistant.policies.guard import GuardPolicy
from assistant.policies.step import StepPolicy
from tests.policies.trackers import DOMAIN, in_form, says, tracker, utters

HARD = {"tier": "HARD", "kind": "crisis", "subject": "self", "language": "en"}
NONE = {"tier": "NONE"}


def predict(
    policy: type[StepPolicy], state: DialogueStateTracker
) -> tuple[str | None, list[Event]]:
    config = policy.get_default_config()
    instance = policy(config, None, Resource("test"), ExecutionContext(GraphSchema({})))
    prediction: PolicyPrediction = instance.predict_action_probabilities(state, DOMAIN)
    if prediction.max_confidence == 0:
        return None, []
    name = DOMAIN.action_names_or_texts[prediction.max_confidence_index]
    return name, prediction.optional_events


def guard(*parts: list[Event]) -> str | None:
    return predict(GuardPolicy, tracker(*parts))[0]


def context(*parts: list[Event]) -> str | None:
    return predict(ContextPolicy, tracker(*parts))[0]


@pytest.mark.parametrize(
    ("finding", "reply"),
    [
        (HARD, "utter_crisis"),
        ({**HARD, "subject": "other"}, "utter_crisis_other"),
        ({**HARD, "language": "es"}, "utter_crisis_es"),
        ({**HARD, "kind": "emergency"}, "utter_emergency"),
        ({**HARD, "kind": "emergency", "on_purpose": True}, "utter_emergency_on_purpose"),
        (
            {**HARD, "kind": "emergency", "on_purpose": True, "language": "es"},
            "utter_emergency_on_purpose_es",
        ),
        ({"tier": "SOFT"}, None),
        (NONE, None),
    ],
)
def test_the_reply_fits_the_finding(finding: dict[str, Any], reply: str | None) -> None:
    assert guard(says("...", safety=finding)) == reply


def test_a_hard_message_ends_the_form_and_is_remembered() -> None:
    state = tracker(says("hello"), in_form(), says("i want to die", safety=HARD))
    action, events = predict(GuardPolicy, state)
    state.update_with_events(events, DOMAIN)
    assert action == "utter_crisis"
    assert state.active_loop_name is None
    assert state.get_slot("requested_slot") is None
    assert state.get_slot("crisis_seen") is True


def test_the_guard_listens_after_a_crisis_reply() -> None:
    assert guard(says("...", safety=HARD), utters("utter_crisis")) == "action_listen"


def test_a_second_crisis_message_gets_another_reply() -> None:
    seen: list[Event] = [SlotSet("crisis_seen", True)]
    assert guard(seen, says("...", safety=HARD)) == "utter_crisis_again"


def test_a_message_without_a_finding_is_screened_by_the_policy() -> None:
    assert guard(says("i want to kill myself")) == "utter_crisis"


def test_messages_without_a_finding_are_read_together() -> None:
    first = says("i want to")
    assert guard(first, utters("utter_clarify"), says("kill myself")) == "utter_crisis"


def test_an_action_that_left_no_trace_is_not_silent() -> None:
    failed: list[Event] = [ActionExecuted("contact_form", policy="RulePolicy")]
    assert guard(says("yes", safety=NONE), failed) == "utter_unavailable"
    assert guard(says("yes", safety=NONE), failed, utters("utter_unavailable")) == "action_listen"


def test_an_action_that_failed_after_words_is_told() -> None:
    failed: list[Event] = [ActionExecuted("contact_form", policy="RulePolicy")]
    asked = says("call me", "talk_to_person", safety=NONE)
    assert guard(asked, utters("utter_talk_to_person"), failed) == "utter_unavailable"


def test_an_action_that_spoke_is_left_alone() -> None:
    assert guard(says("hi", safety=NONE), utters("utter_greet")) is None


@pytest.mark.parametrize("text", ["never mind", "ok never mind, sorry", "STOP", "please stop"])
def test_stop_leaves_the_form(text: str) -> None:
    state = tracker(says("call me"), in_form(), says(text, "deny"))
    action, events = predict(ContextPolicy, state)
    state.update_with_events(events, DOMAIN)
    assert action == "utter_contact_cancelled"
    assert state.active_loop_name is None


@pytest.mark.parametrize(
    ("text", "intent", "answers", "action"),
    [
        ("how much is it?", "clinic", ["clinic/cost"], "utter_clinic/cost"),
        ("is it safe", "faq", ["faq/safety"], "utter_faq/safety"),
        ("Marcus", "clinic", ["clinic/provider"], None),
        ("480 555 0117, is that ok?", "clinic", ["clinic/contact"], None),
        ("tuesday afternoon", "clinic", ["clinic/hours"], None),
    ],
)
def test_only_a_question_interrupts_the_form(
    text: str, intent: str, answers: list[str], action: str | None
) -> None:
    assert context(says("call me"), in_form(), says(text, intent, answers=answers)) == action


def test_yes_accepts_what_was_offered_last() -> None:
    offer = utters("utter_clinic/cost", offers="callback")
    assert context(says("cost?"), offer, says("sure", "affirm")) == "contact_form"
    no_offer = utters("utter_greet")
    assert context(says("hi"), no_offer, says("sure", "affirm")) is None


def test_misses_lead_to_a_person() -> None:
    unclear = says("hmm", "nlu_fallback", suggestions=["faq/safety"])
    assert context(unclear) == "utter_clarify"
    assert context(says("zebras", "nlu_fallback", suggestions=[])) == "utter_out_of_scope"
    assert context(unclear, utters("utter_clarify"), unclear) == "utter_offer_person"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("…", "utter_wordless_blank"),
        ("???", "utter_wordless_signs"),
        ("42", "utter_wordless_number"),
        ("🎉", "utter_wordless_emoji"),
        ("😭", "utter_wordless_sad_emoji"),
        ("asdfgh", "utter_wordless_gibberish"),
        ("wie viel kostet das", "utter_other_language_de"),
        ("кто", "utter_other_language_ru"),
        ("πόσο κοστίζει", "utter_other_language"),
    ],
)
def test_what_cannot_be_read_gets_its_own_reply(text: str, reply: str) -> None:
    assert context(says(text)) == reply
    assert context(says("call me"), in_form(), says(text)) is None


def test_a_second_message_without_words_leads_to_a_person() -> None:
    first = utters("utter_wordless_signs")
    assert context(says("?"), first, says("asdfgh")) == "utter_offer_person"
    assert context(says("?"), first, says("😭")) == "utter_wordless_sad_emoji"


def test_a_thumb_up_accepts_an_offer() -> None:
    offer = utters("utter_clinic/cost", offers="callback")
    assert context(says("cost?"), offer, says("👍")) == "contact_form"
    assert context(says("hi"), utters("utter_greet"), says("👍")) == "utter_wordless_emoji"


def test_after_a_crisis_nobody_is_told_to_use_words_better() -> None:
    seen: list[Event] = [SlotSet("crisis_seen", True)]
    for text in ("…", "?", "asdfgh", "🎉"):
        assert context(seen, says(text)) == "utter_wordless_after_crisis"


def test_every_question_of_a_message_is_answered_in_order() -> None:
    both = says("safe? cost?", "faq", answers=["faq/safety", "clinic/cost"])
    assert context(both) is None
    first = utters("utter_faq/safety")
    assert context(both, first) == "utter_clinic/cost"
    second = utters("utter_clinic/cost", policy="ContextPolicy")
    assert context(both, first, second) == "action_listen"


def test_privacy_requests_work_inside_the_form() -> None:
    ask = says("call me")
    assert context(ask, in_form(), says("delete my data", "privacy_request")) == (
        "action_delete_my_data"
    )
    assert context(says("what do you store about me", "privacy_request")) == "action_what_we_know"


def noted(*parts: list[Event]) -> list[Event]:
    """Events that the context policy applies whichever policy decides."""
    config = ContextPolicy.get_default_config()
    policy = ContextPolicy(config, None, Resource("test"), ExecutionContext(GraphSchema({})))
    prediction = policy.predict_action_probabilities(tracker(*parts), DOMAIN)
    return list(prediction.events)


def test_the_language_is_that_of_the_last_message_that_tells() -> None:
    spanish: list[Event] = [SlotSet("language", "es")]
    assert noted(says("¿cuánto cuesta el tratamiento?")) == spanish
    assert noted(spanish, says("ok")) == []
    assert noted(spanish, says("no")) == []
    assert noted(spanish, says("what does it cost?")) == [SlotSet("language", "en")]
    assert noted(says("what does it cost?")) == []


def test_a_name_given_to_the_form_does_not_change_the_language() -> None:
    assert noted(says("call me"), in_form(), says("Ana de la Cruz")) == []


def test_safe_is_heard_after_a_message_without_words() -> None:
    still_here = utters("utter_wordless_after_crisis")
    assert guard(says("?"), still_here, says("i'm safe", safety=NONE)) == "utter_crisis_safe"
    spanish: list[Event] = [SlotSet("language", "es")]
    safe = says("estoy bien", safety=NONE)
    assert guard(spanish, says("?"), still_here, safe) == "utter_crisis_safe_es"


def test_the_topic_asked_for_is_remembered() -> None:
    asked = says("how much?", "clinic", answers=["clinic/cost"])
    assert noted(asked) == [SlotSet("handoff_topic", "clinic/cost")]
