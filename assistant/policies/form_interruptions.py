"""What may interrupt the contact form: leaving it, or a question in the middle."""

from __future__ import annotations

import re

from rasa.shared.core.constants import ACTION_LISTEN_NAME

from assistant.nlu.topics.questions import looks_like_question
from assistant.policies.step import Step, leave_form
from assistant.policies.turn import Turn
from assistant.policies.wishes import wants_to_stop
from assistant.slots import CONTACT_FORM

CANCELLED = "utter_contact_cancelled"
DISCARD = "action_discard_contact"
# Questions that the form pauses for; everything else is an answer to what it asked.
_QUESTION_INTENTS = {
    "faq",
    "clinic",
    "visit_clinic",
    "help",
    "bot_challenge",
    "personal_medical_advice",
    "illicit_use",
    "express_distress",
}
_SURE = 0.6
_CONTACT_DATA = re.compile(r"@|\d(?:[\s().-]*\d){6}")


def leave_on_request(turn: Turn) -> Step | None:
    """Confirm that the form was left, then have the draft deleted."""
    if turn.is_fresh and turn.active_form == CONTACT_FORM and wants_to_stop(turn.text):
        return Step(CANCELLED, leave_form())
    if turn.actions == [CANCELLED] and turn.said:
        return Step(DISCARD)
    if turn.last_action == DISCARD:
        return Step(ACTION_LISTEN_NAME)
    return None


def answer_question(turn: Turn) -> Step | None:
    """Answer a question asked in the middle of the form; the form then asks again by itself."""
    if not turn.is_fresh or turn.active_form != CONTACT_FORM or not _is_question(turn):
        return None
    label = turn.answers[0] if turn.answers else turn.intent
    return Step(f"utter_{label}")


def _is_question(turn: Turn) -> bool:
    if turn.intent not in _QUESTION_INTENTS or _CONTACT_DATA.search(turn.text):
        return False
    confidence = float(turn.message.intent.get("confidence") or 0.0)
    return confidence >= _SURE and looks_like_question(turn.text)
