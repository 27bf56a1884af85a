"""`action_ask_contact_form_confirmed`: reads the answers out and asks for a yes."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_requests.configured_store import open_store
from actions.contact_requests.store import NoDraft, Unavailable
from actions.handoff.form_events import NOTE, left, private, private_words_of

_SUMMARY = "utter_ask_contact_form_confirmed"
_RESPONSES = {
    "changed": f"{_SUMMARY}_changed",
    "change": "utter_ask_contact_form_change",
    "again": f"{_SUMMARY}_again",
}
_BUTTONS = {"en": ("Yes, send it", "Change something"), "es": ("Sí, enviar", "Cambiar algo")}


class AskConfirmed(Action):
    """Shows the summary; nothing has reached the clinic yet."""

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return "action_ask_contact_form_confirmed"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Read the draft out."""
        try:
            draft = await asyncio.to_thread(lambda: open_store().draft(tracker.sender_id))
        except (NoDraft, Unavailable):
            dispatcher.utter_message(response="utter_handoff_unavailable")
            return left()
        note = tracker.get_slot(NOTE)
        dispatcher.utter_message(
            response=_RESPONSES.get(note, _SUMMARY),
            buttons=[] if note == "change" else _buttons(tracker),
            given_name=draft.first_name,
            given_contact=draft.contact,
            given_time=draft.preferred_time,
        )
        return [SlotSet(NOTE, None), private(private_words_of(draft))]


def _buttons(tracker: Tracker) -> list[dict[str, str]]:
    titles = _BUTTONS["es" if tracker.get_slot("language") == "es" else "en"]
    return [{"title": title, "payload": title} for title in titles]
