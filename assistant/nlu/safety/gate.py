"""The safety gate as the last component of Rasa's pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.safety.matching import rule_book
from assistant.nlu.safety.screen import Screening, screen

SAFETY = "safety"
TOPIC_RANKING = "topic_ranking"
INTENT_OF_KIND = {"crisis": "crisis", "emergency": "medical_emergency"}
_EARLIER_MESSAGES = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(GraphComponent):
    """Writes `safety` on every message and, on HARD, overrules the intent.

    The rules decide; the topic classifier may raise what they found and never lower it.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return nothing: the gate works on the bare text."""
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the confidences from which a topic raises the tier."""
        return {
            "crisis_hard": 0.5,
            "crisis_soft": 0.2,
            "emergency_hard": 0.6,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = {**self.get_default_config(), **config}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """Create the component from its part of config.yml.

        Raises:
            RulesError: the crisis rules cannot be used; better no start than no check.
        """
        rule_book()
        return cls(config)

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Screen `messages`; `tracker` gives the earlier messages of a live conversation.

        In a batch (evaluation) the messages do not belong to one conversation; pass no tracker,
        or an empty one.
        """
        earlier = earlier_messages(tracker)
        for message in messages:
            self._screen(message, earlier)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples as they are: nothing learns from the gate."""
        return training_data

    def _screen(self, message: Message, earlier: Sequence[str]) -> None:
        outcome = screen(message.get(TEXT) or "", earlier)
        outcome = self._raise(outcome, message.get(TOPIC_RANKING) or [])
        message.set(SAFETY, outcome.as_dict(), add_to_output=True)
        if outcome.tier == "HARD" and outcome.kind:
            intent = {INTENT_NAME_KEY: INTENT_OF_KIND[outcome.kind], PREDICTED_CONFIDENCE_KEY: 1.0}
            message.set(INTENT, intent, add_to_output=True)

    def _raise(self, outcome: Screening, ranking: Sequence[dict[str, Any]]) -> Screening:
        if outcome.tier == "HARD" or not ranking:
            return outcome
        first = ranking[0]["name"]
        confidence = {entry["name"]: float(entry["confidence"]) for entry in ranking}
        crisis = confidence.get("crisis", 0.0)
        if first == "crisis" and crisis >= self._config["crisis_hard"]:
            return _raised(outcome, tier="HARD", kind="crisis", rule="topic-crisis")
        emergency = confidence.get("medical_emergency", 0.0)
        if first == "medical_emergency" and emergency >= self._config["emergency_hard"]:
            return _raised(outcome, tier="HARD", kind="emergency", rule="topic-emergency")
        if crisis >= self._config["crisis_soft"]:
            return _raised(outcome, tier="SOFT", kind="crisis", rule="topic-crisis")
        if first == "express_distress":
            return _raised(outcome, tier="SOFT", kind="crisis", rule="topic-distress")
        return outcome


def earlier_messages(tracker: DialogueStateTracker | None) -> list[str]:
    """Return the texts of the last two user messages before this one, oldest first."""
    if tracker is None:
        return []
    texts = (event.text for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return list(islice((text for text in texts if text), _EARLIER_MESSAGES))[::-1]


def _raised(outcome: Screening, *, rule: str, **changes: Any) -> Screening:
    return replace(outcome, **changes, rules=[*outcome.rules, rule])
