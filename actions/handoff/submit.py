"""`action_submit_contact`: after the visitor's yes, the draft becomes a request."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_requests.configured_store import open_store
from actions.contact_requests.draft import Draft
from actions.contact_requests.models import ContactRequest
from actions.contact_requests.store import NoDraft, Unavailable
from actions.handoff.form_events import GIVEN, left, private, private_words_of


class SubmitContact(Action):
    """Says "passed on" only when the request stands in the database."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_submit_contact"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Submit; silent when the form ended without a yes, which has been spoken of already."""
        if tracker.get_slot("confirmed") != GIVEN:
            return left()
        try:
            request, draft = await asyncio.to_thread(_submit, tracker.sender_id)
        except (NoDraft, Unavailable):
            dispatcher.utter_message(response="utter_handoff_unavailable")
            return left()
        dispatcher.utter_message(
            response="utter_contact_saved",
            given_name=draft.first_name,
            given_time=draft.preferred_time,
            code=request.code,
        )
        return [*left(), private(private_words_of(draft))]


def _submit(sender: str) -> tuple[ContactRequest, Draft]:
    store = open_store()
    request = store.submit(sender)
    return request, store.opened(request)
