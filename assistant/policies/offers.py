"""What "yes" means after an offer, and when a person is offered."""

from __future__ import annotations

from assistant.policies.step import Step
from assistant.policies.turn import Turn
from assistant.slots import CONTACT_FORM

CLARIFY = "utter_clarify"
OFFER_PERSON = "utter_offer_person"
OUT_OF_SCOPE = "utter_out_of_scope"
_ACCEPTED = {"callback": CONTACT_FORM}
_AGREEMENTS = {"affirm", "talk_to_person"}  # "yes, please contact me" is both
_MISSES = {"nlu_fallback", "out_of_scope"}
# What was said to a message that could not be answered, and that the next may answer no better.
MISS_REPLIES = {
    CLARIFY,
    OUT_OF_SCOPE,
    "utter_wordless_blank",
    "utter_wordless_signs",
    "utter_wordless_number",
    "utter_wordless_emoji",
    "utter_wordless_gibberish",
}


def accept_offer(turn: Turn) -> Step | None:
    """Do what the last message offered when the visitor agrees."""
    if not turn.is_fresh or turn.active_form or turn.intent not in _AGREEMENTS:
        return None
    action = accepted(turn)
    return Step(action) if action else None


def accepted(turn: Turn) -> str | None:
    """The action that a yes to the last message asks for, if that offered anything."""
    return _ACCEPTED.get(turn.offered_before() or "")


def miss(turn: Turn) -> Step | None:
    """Ask back when a message was not understood; offer a person the second time in a row."""
    if not turn.is_fresh or turn.active_form or turn.intent not in _MISSES:
        return None
    if MISS_REPLIES & set(turn.uttered_before()):
        return Step(OFFER_PERSON)
    return Step(CLARIFY if turn.parsed("suggestions") else OUT_OF_SCOPE)
