"""`action_discard_contact`: deletes the draft after "never mind"."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_requests.configured_store import open_store
from actions.contact_requests.store import Unavailable
from actions.handoff.form_events import left


class DiscardContact(Action):
    """Works silently: the policy has said `utter_contact_cancelled` already.

    It says so when the draft could not be deleted now.
    """

    def name(self) -> str:
        """Return the action's name."""
        return "action_discard_contact"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Delete the sender's draft."""
        try:
            await asyncio.to_thread(lambda: open_store().discard(tracker.sender_id))
        except Unavailable:
            dispatcher.utter_message(response="utter_discard_later")
        return left()
