"""What of a conversation may be written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SessionStarted,
    UserUttered,
)

from assistant.slots import FORGET_ME, PRIVATE_WORDS
from assistant.stores.history import has_to_fold
from assistant.stores.redaction import redact
from assistant.stores.turns import (
    danger,
    day_of,
    is_answer_to_form,
    is_slot,
    turns_from,
)
from assistant.stores.unanswered.picking import Unanswered, pick_unanswered

NOT_KEPT = "[not kept]"

# Names and numbers of our own making; nothing that a visitor wrote can stand there.
_OWN = """
answers event input_channel intent intent_ranking message_id model_id assistant_id name policy
safety topic_ranking utter_action
"""
_OWN_KEYS = frozenset(_OWN.split())
_OWN_EVENTS = (ActionExecuted, SessionStarted, DefinePrevUserUtteredFeaturization)
_OWN_METADATA = frozenset({"model_id", "assistant_id"})
# Large, and of use only while the message is being answered.
_DROPPED_KEYS = frozenset({"response_selector", "text_tokens"})
# What the dialogue needs of a turn whose texts are not kept.
_ABOUT_ANSWER = ("utter_action", "variation", "offers")
_ABOUT_DANGER = ("tier", "kind", "subject", "language")


@dataclass
class Kept:
    """Redacted events, ready to be written.

    Attributes:
        events: Rasa's dictionaries of the events, as many as there were.
        crisis: number of turns with somebody in danger, by day (UTC) and kind.
        forget: whether the visitor asked for everything to be deleted; then no event is kept.
        unanswered: questions that got no answer, or a wrong one.
        fold: whether the conversation has to be folded once they are written.
    """

    events: list[dict[str, Any]] = field(default_factory=list)
    crisis: Counter[tuple[date, str]] = field(default_factory=Counter)
    forget: bool = False
    unanswered: list[Unanswered] = field(default_factory=list)
    fold: bool = True


def keep(events: Sequence[Event], start: int = 0, public: Sequence[str] = ()) -> Kept:
    """Return what may be written of `events[start:]`; the events themselves stay as they are.

    Args:
        events: all events in memory; those before `start` only tell how the turn began.
        start: index of the first event that is not written yet.
        public: the clinic's own phone and e-mail, which may stand in answers.
    """
    kept = Kept()
    for first, turn in turns_from(events, start):
        new = turn[max(start - first, 0) :]
        if any(is_slot(event, FORGET_ME) and event.value for event in new):
            kept = Kept(crisis=kept.crisis, forget=True)
            continue
        is_new = isinstance(new[0], UserUttered)
        if danger(turn) and is_new:
            kept.crisis[day_of(new[0]), danger(turn)] += 1
        if not kept.forget:
            kept.events += _redacted(turn, public)[len(turn) - len(new) :]
            kept.unanswered += pick_unanswered(events, first, turn) if is_new else []
    kept.fold = has_to_fold(events)
    return kept


def _redacted(turn: list[Event], public: Sequence[str]) -> list[dict[str, Any]]:
    in_danger = bool(danger(turn))
    words = [word for event in turn if is_slot(event, PRIVATE_WORDS) for word in event.value or ()]
    unread = is_answer_to_form(turn)
    kept = []
    for event in turn:
        data = event.as_dict()
        if isinstance(event, UserUttered) and (in_danger or unread):
            kept.append(_message_without_text(data))
        elif isinstance(event, BotUttered):
            kept.append(_answer_without_text(data) if in_danger else _answer(data, words, public))
        elif is_slot(event, PRIVATE_WORDS):
            kept.append({**data, "value": None})
        elif _is_own(event):
            kept.append(data)
        else:
            kept.append(_walk(data, lambda text: redact(text, words)))
    return kept


def _is_own(event: Event) -> bool:
    """Whether all of an event is of our own making."""
    is_own = isinstance(event, _OWN_EVENTS) and event.metadata.keys() <= _OWN_METADATA
    return is_own and not getattr(event, "action_text", None)


def _answer(data: dict[str, Any], words: list[str], public: Sequence[str]) -> dict[str, Any]:
    redacted: dict[str, Any] = _walk(data, lambda text: _redact_answer(text, words, public))
    return redacted


def _redact_answer(text: str, words: list[str], public: Sequence[str]) -> str:
    """Redact what the assistant said, but let the clinic's own number stand."""
    for fact in public:
        if fact in text:
            parts = text.split(fact)
            return fact.join(_redact_answer(part, words, public) for part in parts)
    return redact(text, words)


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    """Copy a structure with every string in it changed, but those of our own making."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {
            key: part if key in _OWN_KEYS else _walk(part, change)
            for key, part in value.items()
            if key not in _DROPPED_KEYS
        }
    if isinstance(value, (list, tuple)):
        return [_walk(part, change) for part in value]
    return value


def _answer_without_text(event: dict[str, Any]) -> dict[str, Any]:
    metadata = event.get("metadata") or {}
    about = {key: metadata[key] for key in _ABOUT_ANSWER if key in metadata}
    return {**event, "text": NOT_KEPT, "data": {}, "metadata": about}


def _message_without_text(event: dict[str, Any]) -> dict[str, Any]:
    parsed = event["parse_data"]
    intent = {key: parsed["intent"].get(key) for key in ("name", "confidence")}
    safety = parsed.get("safety") or {}
    about = {key: safety[key] for key in _ABOUT_DANGER if key in safety}
    said_nothing = {"text": NOT_KEPT, "intent": intent, "entities": [], "safety": about}
    return {**event, "text": NOT_KEPT, "parse_data": said_nothing, "metadata": None}
