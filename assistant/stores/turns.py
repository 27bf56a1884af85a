"""What a recorded turn was about, read from its events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone
from itertools import pairwise

from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered

from assistant.slots import CONTACT_FORM, PRIVATE_WORDS

_DANGERS = ("crisis", "emergency")


def turns_from(events: Sequence[Event], start: int) -> list[tuple[int, list[Event]]]:
    """Split the events from the turn that holds `start` on, each with its first index."""
    begins = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    cuts = sorted({0, *begins, len(events)})
    return [(first, list(events[first:end])) for first, end in pairwise(cuts) if end > start]


def danger(turn: Sequence[Event]) -> str:
    """Return the kind of danger that the turn is about, or an empty string.

    The reply counts as well as the gate's finding: a policy may see danger in several messages
    together that none of them shows alone.
    """
    message = turn[0]
    if not isinstance(message, UserUttered):
        return ""
    safety = message.parse_data.get("safety") or {}
    if safety.get("tier") == "HARD":
        return safety.get("kind") or "crisis"
    actions = [event.action_name or "" for event in turn if isinstance(event, ActionExecuted)]
    replies = [
        kind for action in actions for kind in _DANGERS if action.startswith(f"utter_{kind}")
    ]
    return replies[0] if replies else ""


def is_answer_to_form(turn: Sequence[Event]) -> bool:
    """Whether the contact form took the message, and nobody has named its private words.

    The action server names them. Without it a bare name could not be told from other words.
    """
    executed = [event.action_name for event in turn if isinstance(event, ActionExecuted)]
    named = any(is_slot(event, PRIVATE_WORDS) for event in turn)
    return executed[:1] == [CONTACT_FORM] and not named


def is_slot(event: Event, name: str) -> bool:
    """Whether the event sets the slot `name`."""
    return isinstance(event, SlotSet) and event.key == name


def day_of(event: Event) -> date:
    """Return the day (UTC) of an event."""
    return datetime.fromtimestamp(event.timestamp, tz=timezone.utc).date()
