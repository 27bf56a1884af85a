"""The form's questions: which wording fits what was just said."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff.form_events import NOTE

_ASK = "utter_ask_contact_form_"


class _FormQuestion(Action, ABC):
    """Asks for one slot of the form. Abstract, so that rasa_sdk does not register it."""

    responses: ClassVar[dict[str, str]]
    """The wording for each note that the last turn left."""
    otherwise: ClassVar[str]

    @abstractmethod
    def name(self) -> str:
        """Return the name that Rasa looks for."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Ask, and use the note up."""
        note = tracker.get_slot(NOTE)
        dispatcher.utter_message(response=self.responses.get(note, self.otherwise))
        return [SlotSet(NOTE, None)]


class AskFirstName(_FormQuestion):
    """Asks for a first name; the first time with the privacy notice."""

    responses: ClassVar[dict[str, str]] = {
        "notice": f"{_ASK}first_name",
        "unsaved": f"{_ASK}first_name_unsaved",
        "expired": f"{_ASK}first_name_expired",
        "declined": f"{_ASK}first_name_declined",
        "change_first_name": f"{_ASK}first_name_changed",
    }
    otherwise = f"{_ASK}first_name_again"

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return "action_ask_contact_form_first_name"


class AskContact(_FormQuestion):
    """Asks for a phone number or an e-mail address, and says what is wrong with one."""

    responses: ClassVar[dict[str, str]] = {
        "again": f"{_ASK}contact_again",
        "declined": f"{_ASK}contact_declined",
        "want_email": f"{_ASK}email",
        "want_phone": f"{_ASK}phone",
        "change_contact": f"{_ASK}contact_changed",
        "invalid_phone_too_short": "utter_invalid_phone_too_short",
        "invalid_phone_too_long": "utter_invalid_phone_too_long",
        "invalid_phone_no_area_code": "utter_invalid_phone_no_area_code",
        "invalid_phone_area_code": "utter_invalid_phone_area_code",
        "invalid_phone_country_code": "utter_invalid_phone_country_code",
        "invalid_phone_invalid": "utter_invalid_phone",
        "invalid_email_incomplete": "utter_invalid_email_incomplete",
        "invalid_email_invalid": "utter_invalid_email",
    }
    otherwise = f"{_ASK}contact"

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return "action_ask_contact_form_contact"


class AskPreferredTime(_FormQuestion):
    """Asks when the clinic may get in touch."""

    responses: ClassVar[dict[str, str]] = {
        "again": f"{_ASK}preferred_time_again",
        "declined": f"{_ASK}preferred_time_again",
        "change_preferred_time": f"{_ASK}preferred_time_changed",
    }
    otherwise = f"{_ASK}preferred_time"

    def name(self) -> str:
        """Return the name that Rasa looks for."""
        return "action_ask_contact_form_preferred_time"
