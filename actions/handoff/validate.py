"""`validate_contact_form`: takes each message of the form, several answers at once."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_requests.configured_store import open_store
from actions.contact_requests.draft import Draft
from actions.contact_requests.store import NoDraft, Unavailable
from actions.contact_requests.topics import known_topic
from actions.handoff.form_events import filled, left, private
from actions.handoff.form_turn import FormTurn
from actions.handoff.merging import merged, note_for
from actions.handoff.notice import NOTICE_VERSION
from actions.handoff.understand import understand
from actions.handoff.understood import Understood
from assistant.slots import UNDER_18

# With a name known, "no, its Marc" is read as a name too.
_ANYONE = Draft(first_name="-")
_START = {
    False: "notice",
    # The message that opened the form holds an answer already, from before the notice.
    True: "unsaved",
}


class ValidateContactForm(Action):
    """Keeps what the visitor gives, once the notice was shown; says why the form ends early.

    An empty list means "not for the form": Rasa then rejects the form's turn
    and the other policies answer.
    """

    def name(self) -> str:
        """Return the name that Rasa gives the validation of `contact_form`."""
        return "validate_contact_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Take the latest message."""
        turn = FormTurn.of(tracker)
        if turn.in_danger:
            return []
        events = await _events(turn, dispatcher)
        if not events or turn.resumes:
            return events
        # Whether kept or not, the visitor's own words stay out of the records.
        said = await asyncio.to_thread(understand, turn.text, turn.asked, _ANYONE)
        return [*events, private(said.private_words)]


async def _events(turn: FormTurn, dispatcher: CollectingDispatcher) -> list[EventType]:
    if not turn.is_private:
        dispatcher.utter_message(response="utter_no_form_here")
        return left()
    try:
        if turn.starts:
            return await _start(turn, dispatcher)
        if turn.resumes:
            return filled(await asyncio.to_thread(lambda: open_store().draft(turn.sender)))
        return await _take(turn, dispatcher)
    except NoDraft:
        return await _start_over(turn, dispatcher)
    except Unavailable:
        dispatcher.utter_message(response="utter_handoff_unavailable")
        return left()


async def _start(turn: FormTurn, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Open an empty draft. The message came before the notice: nothing of it is kept."""
    said = await asyncio.to_thread(understand, turn.text, None)
    if said.under_18:
        dispatcher.utter_message(response="utter_under_18")
        return [*left(), SlotSet(UNDER_18, True)]
    await asyncio.to_thread(_begin, turn)
    unsaved = bool(said.first_name or said.phone or said.email)
    return filled(Draft(), _START[unsaved])


async def _start_over(turn: FormTurn, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Open an empty draft in place of an expired one, with the notice."""
    try:
        await asyncio.to_thread(_begin, turn)
    except Unavailable:
        dispatcher.utter_message(response="utter_handoff_unavailable")
        return left()
    return filled(Draft(), "expired")


def _begin(turn: FormTurn) -> None:
    open_store().begin(turn.sender, turn.channel, known_topic(turn.topic), NOTICE_VERSION)


async def _take(turn: FormTurn, dispatcher: CollectingDispatcher) -> list[EventType]:
    draft = await asyncio.to_thread(lambda: open_store().draft(turn.sender))
    said = await asyncio.to_thread(understand, turn.text, turn.asked, draft)
    reason = _reason_to_end(said, draft)
    if reason:
        await asyncio.to_thread(lambda: open_store().discard(turn.sender))
        dispatcher.utter_message(response=reason)
        return [*left(), *([SlotSet(UNDER_18, True)] if said.under_18 else [])]
    if not said.is_answer and (said.is_question or turn.is_for_the_assistant):
        return []
    changed = merged(draft, said)
    if changed != draft:
        await asyncio.to_thread(lambda: open_store().keep(turn.sender, changed))
    note = note_for(changed, said, turn.asked)
    confirmed = bool(said.confirmed and changed.complete)
    return filled(changed, note, confirmed)


def _reason_to_end(said: Understood, draft: Draft) -> str | None:
    """Return the response that ends the form, if the message ends it."""
    if said.under_18:
        return "utter_under_18"
    if said.wants_to_stop:
        return "utter_contact_cancelled"
    no_phone, no_email = said.no_phone or draft.no_phone, said.no_email or draft.no_email
    reachable = said.phone or said.email
    return "utter_no_contact" if no_phone and no_email and not reachable else None
