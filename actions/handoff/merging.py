"""What one message changes in the draft, and how the form goes on asking."""

from __future__ import annotations

from dataclasses import replace

from actions.contact_requests.draft import Draft
from actions.handoff.understood import Understood
from assistant.slots import ContactSlot

# The note tells the next question which wording fits; the ask_* actions know them.
AGAIN, CHANGED, DECLINED = "again", "changed", "declined"
WANT_EMAIL, WANT_PHONE = "want_email", "want_phone"


def merged(draft: Draft, said: Understood) -> Draft:
    """Return the draft with what the message gives, changes or takes back."""
    if said.change:
        return _without(draft, said.change)
    draft = replace(
        draft,
        first_name=said.first_name or draft.first_name,
        phone=said.phone or draft.phone,
        email=said.email or draft.email,
        preferred_time=said.preferred_time or draft.preferred_time,
    )
    if said.invalid:
        # Whoever sends another number means that one, even if it is misspelled.
        if said.invalid.startswith("email"):
            return replace(draft, email=None)
        return replace(draft, phone=None)
    if said.no_phone:
        draft = replace(draft, no_phone=True, phone=None)
    if said.no_email:
        draft = replace(draft, no_email=True, email=None)
    return draft


def _without(draft: Draft, slot: ContactSlot) -> Draft:
    if slot == "contact":
        return replace(draft, phone=None, email=None, no_phone=False, no_email=False)
    if slot == "first_name":
        return replace(draft, first_name=None)
    return replace(draft, preferred_time=None)


def note_for(draft: Draft, said: Understood, asked: ContactSlot | None) -> str | None:
    """Return how the next question is to be put."""
    if said.invalid:
        return f"invalid_{said.invalid}"
    if said.change:
        return f"change_{said.change}"
    if said.confirmed is False:
        return "change"
    if said.declined:
        return DECLINED
    if not draft.contact and (said.no_phone or said.no_email):
        return WANT_EMAIL if said.no_phone else WANT_PHONE
    if said.nothing:
        return AGAIN
    return CHANGED if asked == "confirmed" and said.has_fields else None
