"""What changes when something is said again: a person is offered, no text is given twice."""

from __future__ import annotations

from collections import Counter

from assistant.responses.choice import choose
from assistant.responses.filling import fill
from assistant.responses.request import Request

_REPEAT_LINE = "utter_repeat_line"
_AGAIN_LINE = "utter_again_line"
_PERSON_FROM = 2
# An answer that was not enough twice will not be enough the third time.
_ANSWERS = ("utter_faq/", "utter_clinic/", "utter_personal_medical_advice", "utter_help")


def is_worn_out(request: Request) -> bool:
    """Whether an answer is asked for the third time, and a person would do better."""
    conversation = request.conversation
    if conversation.in_form or conversation.crisis_seen:
        return False
    times = conversation.times(request.name)
    return request.name.startswith(_ANSWERS) and times >= _PERSON_FROM


def repeat_line(request: Request) -> str:
    """The line that points to a person, another one each time."""
    return _line(request, _REPEAT_LINE, request.conversation.times(request.name) - _PERSON_FROM)


def not_twice(request: Request, text: str) -> str:
    """The text, with an opening where this turn or the one before has it already."""
    conversation = request.conversation
    said = {*conversation.said_this_turn, *conversation.said_before}
    name = _AGAIN_LINE + ("_es" if request.is_spanish else "")
    wordings = len(request.book.catalog.variations.get(name, ()))
    openings = (_line(request, name, i) for i in range(wordings))
    other = (f"{opening} {text}" for opening in openings)
    return text if text not in said else next((one for one in other if one not in said), text)


def _line(request: Request, name: str, turn: int) -> str:
    """One of the usable wordings of a line, in order."""
    uses: Counter[int] = Counter()
    allowed = request.book.catalog.variations.get(name, ())
    for _ in range(turn):
        if chosen := choose(allowed, request.lookup, uses):
            uses[chosen.index] += 1
    chosen = choose(allowed, request.lookup, uses)
    return fill(chosen.text, request.lookup) if chosen else ""
