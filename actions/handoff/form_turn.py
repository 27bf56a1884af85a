"""Where the form stands in a turn, read from the tracker that Rasa sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from assistant.channels.privacy import is_private
from assistant.slots import CONTACT_FORM, CONTACT_SLOTS, HANDOFF_TOPIC, ContactSlot

# What the assistant answers itself when it was understood in the middle of the form.
_ANSWERED_ELSEWHERE = frozenset(
    {
        "faq", "clinic", "visit_clinic", "help", "bot_challenge", "personal_medical_advice",
        "illicit_use", "express_distress", "privacy_request", "crisis", "medical_emergency",
    }
)  # fmt: skip
_SURE = 0.6


@dataclass(frozen=True)
class FormTurn:
    """The visitor's message and what the form was doing when it came."""

    sender: str
    channel: str
    text: str
    asked: ContactSlot | None
    topic: Any
    intent: str
    confidence: float
    in_danger: bool
    starts: bool
    resumes: bool

    @classmethod
    def of(cls, tracker: Tracker) -> FormTurn:
        """Read the turn."""
        message = tracker.latest_message or {}
        parsed = message.get("parse_data") or message
        intent = parsed.get("intent") or {}
        since = list(_since_message(tracker.events))
        return cls(
            sender=tracker.sender_id,
            channel=_channel(tracker),
            text=message.get("text") or "",
            asked=_asked(tracker),
            topic=tracker.get_slot(HANDOFF_TOPIC),
            intent=str(intent.get("name")),
            confidence=float(intent.get("confidence") or 0.0),
            in_danger=(parsed.get("safety") or {}).get("tier") == "HARD",
            starts=any(map(_opens_form, since)),
            resumes=any(e.get("event") == "bot" for e in since),
        )

    @property
    def is_private(self) -> bool:
        """Tell whether the channel may carry someone's contact."""
        return is_private(self.channel)

    @property
    def is_for_the_assistant(self) -> bool:
        """Tell whether the message, useless to the form, has an answer elsewhere."""
        return self.intent in _ANSWERED_ELSEWHERE and self.confidence >= _SURE


def _since_message(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in reversed(events):
        if event.get("event") == "user":
            return
        yield event


def _opens_form(event: dict[str, Any]) -> bool:
    return event.get("event") == "active_loop" and event.get("name") == CONTACT_FORM


def _channel(tracker: Tracker) -> str:
    # Sender ids carry their channel in front: "telegram:123".
    prefix, colon, _ = tracker.sender_id.partition(":")
    return prefix if colon else str(tracker.get_latest_input_channel() or "unknown")


def _asked(tracker: Tracker) -> ContactSlot | None:
    requested = tracker.get_slot("requested_slot")
    return next((slot for slot in CONTACT_SLOTS if slot == requested), None)
