"""A message of a person in danger is answered before anything else, then the bot listens."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import SlotSet

from assistant.nlu.reading.spanish import LANGUAGE
from assistant.nlu.safety import screen
from assistant.nlu.safety.replies import reply_to
from assistant.policies.after_danger import may_be_about_dying
from assistant.policies.step import Step, leave_form
from assistant.policies.turn import Turn
from assistant.policies.wishes import says_safe
from assistant.slots import CRISIS_SEEN

_HARD = "HARD"
_REPLIES = ("utter_crisis", "utter_emergency")
_SAFE = "utter_crisis_safe"
# Said between a crisis reply and "I'm safe" when a message had no words.
_STILL_HERE = "utter_wordless_after_crisis"


def safety_first(turn: Turn) -> Step | None:
    """Give the crisis or emergency reply once, drop any form, and listen."""
    if not turn.is_fresh:
        return Step(ACTION_LISTEN_NAME) if turn.actions[0].startswith(_REPLIES) else None
    if relief := _relief(turn):
        return relief
    finding = _finding(turn)
    if finding.get("tier") != _HARD:
        return _again(turn)
    reply = reply_to(finding, seen_before=bool(turn.slots.get(CRISIS_SEEN)))
    return Step(reply, [SlotSet(CRISIS_SEEN, True), *leave_form()])


def _relief(turn: Turn) -> Step | None:
    """Thank for "I'm safe" after a crisis reply."""
    before = turn.uttered_before()
    after_crisis = any(name.startswith((*_REPLIES, _STILL_HERE)) for name in before)
    if not after_crisis or not says_safe(turn.text):
        return None
    spanish = turn.slots.get(LANGUAGE) == "es" or any(name.endswith("_es") for name in before)
    return Step(f"{_SAFE}_es" if spanish else _SAFE)


def _again(turn: Turn) -> Step | None:
    """Go on with the crisis reply when the question after it may be about dying."""
    replies = [name for name in turn.uttered_before() if name.startswith(_REPLIES)]
    if not replies or replies[-1].startswith(_SAFE) or not may_be_about_dying(turn.text):
        return None
    return Step("utter_crisis_again_es" if replies[-1].endswith("_es") else "utter_crisis_again")


def _finding(turn: Turn) -> dict[str, Any]:
    """The gate's finding; screened here when the message went past the pipeline."""
    finding: dict[str, Any] = turn.parsed("safety")
    return finding or screen(turn.text, turn.earlier_texts).as_dict()
