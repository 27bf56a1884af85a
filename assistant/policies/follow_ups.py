"""Answers what refers to the answer before: "why", "tell me more", "are you sure"."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.core.events import SlotSet

from assistant.nlu.topics.follow_ups import AnsweredTopic, last_answered
from assistant.policies.bare_follow_ups import (
    FollowUp,
    asks_nothing_alone,
    bare_follow_up,
    may_be_yes,
)
from assistant.policies.step import Step
from assistant.policies.turn import Turn
from assistant.slots import HANDOFF_TOPIC

_MISSES = {"nlu_fallback", "out_of_scope"}
_DANGER = ("utter_crisis", "utter_emergency")
_SAFE = "utter_crisis_safe"
_NO_TOPIC = "utter_follow_up_what"
_WITHOUT_ANSWER = {
    FollowUp.MORE: "utter_follow_up_more",
    FollowUp.WHY: "utter_follow_up_why",
    FollowUp.SOURCE: "utter_follow_up_source",
}


def follow_up(turn: Turn) -> Step | None:
    """Go on with the topic that was answered last, or say that there is nothing to add.

    Without a topic, ask which one is meant, instead of calling the words out of scope.
    """
    kind = _kind(turn)
    if kind is None:
        return None
    if any(name.startswith(_DANGER) and name != _SAFE for name in turn.uttered_before()):
        return Step("utter_crisis_again")
    topic = last_answered(turn.history)
    if topic is None:
        is_empty = turn.intent in _MISSES or asks_nothing_alone(turn.text)
        return Step(_NO_TOPIC) if is_empty else None
    if label := _next_label(kind, topic, turn.told()):
        return Step(f"utter_{label}", [SlotSet(HANDOFF_TOPIC, label)] if "/" in label else [])
    return Step(_WITHOUT_ANSWER[kind])


def _kind(turn: Turn) -> FollowUp | None:
    if not turn.is_fresh or turn.active_form or _worries(turn):
        return None
    if turn.intent == "affirm" and turn.offered_before() and may_be_yes(turn.text):
        return None
    return bare_follow_up(turn.text)


def _worries(turn: Turn) -> bool:
    finding = turn.parsed("safety") or {}
    return str(finding.get("tier", "NONE")) != "NONE"


def _next_label(kind: FollowUp, topic: AnsweredTopic, told: set[str]) -> str | None:
    """The label that answers: one not told yet; reasons may be told again."""
    if kind is FollowUp.AGAIN:
        return topic.label
    if kind is FollowUp.MORE:
        return _first_new(topic.more, told)
    if kind is FollowUp.WHY:
        return _first_new(topic.why, told) or next(iter(topic.why), None)
    return None


def _first_new(labels: Sequence[str], told: set[str]) -> str | None:
    return next((label for label in labels if f"utter_{label}" not in told), None)
