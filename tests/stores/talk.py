"""Turns of a conversation as Rasa's processor would record them."""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

SAFE: dict[str, Any] = {
    "tier": "NONE",
    "kind": None,
    "subject": "self",
    "language": "en",
    "rules": [],
}
DANGER = {**SAFE, "tier": "HARD", "kind": "crisis", "rules": ["en.plan.pills"]}

_NAME = {"entity": "name", "value": "Marcus"}


def said(text: str, intent: str = "faq", safety: dict[str, Any] = SAFE) -> UserUttered:
    parsed = {
        "text": text,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [_NAME] if "Marcus" in text else [],
        "safety": safety,
        "topic_ranking": [{"name": "faq/cost", "confidence": 0.9}],
        "response_selector": {"faq": {"response": {"responses": [{"text": "x" * 1000}]}}},
        "text_tokens": [[0, 1]],
    }
    return UserUttered(text, parsed["intent"], parsed["entities"], parsed, input_channel="rest")


def answered(text: str, name: str = "utter_faq/cost") -> BotUttered:
    data = {"buttons": [{"title": text, "payload": text}], "custom": {"voice": "article"}}
    return BotUttered(text, data, {"utter_action": name, "offers": "callback", "note": text})


def turn(
    message: UserUttered, *events: Event, answer: str = "It depends.", action: str = "utter_faq"
) -> list[Event]:
    return [
        message,
        ActionExecuted(action, "RulePolicy", 1.0),
        *events,
        answered(answer),
        ActionExecuted(ACTION_LISTEN_NAME, "RulePolicy", 1.0),
    ]


async def talk(store: TrackerStore, sender: str, *events: Event) -> DialogueStateTracker:
    """Run one turn: load, start a session if there is none, add events, save."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    if not tracker.events:
        for event in session_start():
            tracker.update(event)
    for event in events:
        tracker.update(event)
    await store.save(tracker)
    return tracker


def session_start() -> list[Event]:
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
