"""Which messages count as unanswered, and may be kept as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rasa.shared.core.events import ActionExecuted, Event, UserUttered

from assistant.slots import CONTACT_FORM, CRISIS_SEEN, PRIVATE_WORDS
from assistant.stores.redaction import redact
from assistant.stores.turns import danger, day_of, is_slot, turns_from

CLARIFY = "clarify"
FALLBACK = "fallback"

_OUT_OF_SCOPE = "out_of_scope"
_THUMBS_DOWN = "feedback_negative"
_MISSED = {
    "utter_clarify": CLARIFY,
    "utter_out_of_scope": FALLBACK,
    "utter_offer_person": FALLBACK,
}
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Unanswered:
    """A question, redacted, and what was said to it."""

    asked_on: date
    channel: str
    text: str
    answered: str
    """Labels of the answer that was not liked, joined by `|`; else `out_of_scope`, `clarify`
    or `fallback`."""


def pick_unanswered(events: Sequence[Event], first: int, turn: Sequence[Event]) -> list[Unanswered]:
    """Return what `turn` shows to be unanswered: its own message, or the one before it.

    Nothing is kept that was said in danger or near it, to the contact form, or right after
    the form, where a bare name could stand.

    Args:
        events: all events in memory.
        first: index in `events` of the turn's first event.
        turn: a user message and what followed it.
    """
    if any(is_slot(event, CRISIS_SEEN) and event.value for event in events):
        return []
    before = _turn_ending(events, first)
    answered = _missed(turn)
    if answered:
        return [] if _is_personal(before) else _kept(turn, answered)
    if _intent(turn) != _THUMBS_DOWN or _is_personal(turn):
        return []
    return _disliked(events, first - len(before), before)


def pick_disliked(events: Sequence[Event], message_id: str) -> list[Unanswered]:
    """Return the message with this id, whose answer was not liked, if it may be kept."""
    if any(is_slot(event, CRISIS_SEEN) and event.value for event in events):
        return []
    for first, turn in turns_from(events, 0):
        if isinstance(turn[0], UserUttered) and turn[0].message_id == message_id:
            return _disliked(events, first, turn)
    return []


def _disliked(events: Sequence[Event], first: int, turn: Sequence[Event]) -> list[Unanswered]:
    # A miss was kept when it happened.
    if not turn or _missed(turn) or _intent(turn) == _THUMBS_DOWN:
        return []
    return [] if _is_personal(_turn_ending(events, first)) else _kept(turn, _label(turn))


def _turn_ending(events: Sequence[Event], end: int) -> list[Event]:
    """The user message before index `end`, and what followed it; empty if there is none."""
    for index in range(end - 1, -1, -1):
        if isinstance(events[index], UserUttered):
            return list(events[index:end])
    return []


def _kept(turn: Sequence[Event], answered: str) -> list[Unanswered]:
    message = turn[0]
    safety = message.parse_data.get("safety") or {}
    if safety.get("tier") != "NONE" or danger(turn) or _is_personal(turn):
        return []
    text = _printable(redact(message.text or ""))
    if len(_LETTER.findall(_PLACEHOLDER.sub("", text))) < _FEWEST_LETTERS:
        return []
    return [Unanswered(day_of(message), message.input_channel or "", text, answered)]


def _printable(text: str) -> str:
    """One line, without the characters that a database or YAML refuses."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _missed(turn: Sequence[Event]) -> str | None:
    """How the turn's message was missed; None if it was answered."""
    missed = next((_MISSED[name] for name in _executed(turn) if name in _MISSED), None)
    return _OUT_OF_SCOPE if missed and _intent(turn) == _OUT_OF_SCOPE else missed


def _label(turn: Sequence[Event]) -> str:
    return "|".join(turn[0].parse_data.get("answers") or [_intent(turn)])


def _intent(turn: Sequence[Event]) -> str:
    return str(turn[0].intent.get("name"))


def _is_personal(turn: Sequence[Event]) -> bool:
    """Whether the contact form ran, or private words were named."""
    named = any(is_slot(event, PRIVATE_WORDS) for event in turn)
    return named or CONTACT_FORM in _executed(turn)


def _executed(turn: Sequence[Event]) -> list[str | None]:
    return [event.action_name for event in turn if isinstance(event, ActionExecuted)]
