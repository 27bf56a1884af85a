"""The events that steer the form. Its slots say "given", never what was given."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.contact_requests.draft import Draft
from assistant.slots import CONTACT_SLOTS, PRIVATE_WORDS

GIVEN = "given"
NOTE = "contact_form_note"


def filled(draft: Draft, note: str | None = None, confirmed: bool = False) -> list[EventType]:
    """Set the form's slots from the draft; `note` tells the next question how to ask."""
    have = {
        "first_name": draft.first_name,
        "contact": draft.contact,
        "preferred_time": draft.preferred_time,
        "confirmed": confirmed,
    }
    marks = [SlotSet(slot, GIVEN if value else None) for slot, value in have.items()]
    return [*marks, SlotSet(NOTE, note)]


def left() -> list[EventType]:
    """End the form and empty its slots."""
    empty = [SlotSet(slot, None) for slot in (*CONTACT_SLOTS, NOTE, "requested_slot")]
    return [*empty, ActiveLoop(None)]


def private(words: Iterable[str | None]) -> EventType:
    """Tell the tracker store which words of this turn not to keep."""
    return SlotSet(PRIVATE_WORDS, sorted({word for word in words if word}))


def private_words_of(draft: Draft) -> list[str | None]:
    """Return the personal words of a draft as replies may spell them."""
    return [draft.first_name, draft.phone, draft.email]
