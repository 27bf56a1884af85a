"""`action_what_we_know`: tells a visitor what is stored, without reading it out."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_requests.configured_store import open_store
from actions.contact_requests.store import Unavailable
from actions.privacy.records import stored


class WhatWeKnow(Action):
    """Names kinds and codes only: whoever shares the device may read along."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_what_we_know"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Look and tell."""
        try:
            had = await asyncio.to_thread(lambda: stored(open_store(), tracker.sender_id))
        except Unavailable:
            dispatcher.utter_message(response="utter_what_we_know_unavailable")
            return []
        if had.codes:
            codes = ", ".join(had.codes)
            dispatcher.utter_message(response="utter_what_we_know_request", codes=codes)
        elif had.drafts:
            dispatcher.utter_message(response="utter_what_we_know_draft")
        else:
            dispatcher.utter_message(response="utter_what_we_know")
        return []
