"""Small named conversation states."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.settings import ROOT

DOMAIN = Domain.load(str(ROOT / "domain.yml"))


def says(text: str, intent: str = "out_of_scope", **parsed: Any) -> list[Event]:
    """The visitor writes; `parsed` are attributes that the NLU pipeline leaves."""
    named = {"name": intent, "confidence": 0.9}
    return [
        ActionExecuted("action_listen"),
        UserUttered(text, named, parse_data={"text": text, "intent": named, **parsed}),
    ]


def utters(response: str, policy: str = "RulePolicy", **metadata: Any) -> list[Event]:
    """The assistant gives a response."""
    return [
        ActionExecuted(response, policy=policy),
        BotUttered("...", metadata={"utter_action": response, **metadata}),
    ]


def in_form() -> list[Event]:
    """The contact form asks for the name."""
    return [ActiveLoop("contact_form"), SlotSet("requested_slot", "first_name")]


def tracker(*parts: list[Event]) -> DialogueStateTracker:
    """A conversation of these parts."""
    events = [event for part in parts for event in part]
    return DialogueStateTracker.from_events("rest:someone", events, slots=DOMAIN.slots)
