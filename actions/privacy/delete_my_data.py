"""`action_delete_my_data`: forgets a visitor, at any point of the conversation."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_requests.configured_store import open_store
from actions.contact_requests.store import Unavailable
from actions.handoff.form_events import left
from actions.privacy.records import Stored, forget
from assistant.slots import FORGET_ME

_WHAT_STAYS = (
    ("email", "utter_delete_email_stays"),
    ("webhook", "utter_delete_clinic_system_stays"),
)


class DeleteMyData(Action):
    """Deletes rows here; the slot `forget_me` has the conversation itself deleted."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_delete_my_data"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Delete, and say what was deleted and what stays."""
        try:
            had = await asyncio.to_thread(lambda: forget(open_store(), tracker.sender_id))
        except Unavailable:
            dispatcher.utter_message(response="utter_delete_failed")
            return []
        _report(dispatcher, had)
        return [*left(), SlotSet(FORGET_ME, True)]


def _report(dispatcher: CollectingDispatcher, had: Stored) -> None:
    anything = bool(had.codes or had.drafts)
    dispatcher.utter_message(response="utter_deleted" if anything else "utter_deleted_conversation")
    for way, response in _WHAT_STAYS:
        if way in had.ways_told:
            dispatcher.utter_message(response=response)
