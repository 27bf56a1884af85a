"""The safety gate as the last component of Rasa's pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.encoder.encoder import shared_encoder
from assistant.nlu.reading.spanish import is_spanish
from assistant.nlu.safety.danger import CRISIS, DISTRESS, EMERGENCY, DangerModel
from assistant.nlu.safety.rules import Kind, Language
from assistant.nlu.safety.screen import Screening
from assistant.nlu.safety.screener import SCREENING, SafetyScreener
from assistant.nlu.topics.classifier import ANSWERS, TOPIC_RANKING
from assistant.operations import metrics
from assistant.settings import settings

SAFETY = "safety"
MODEL_RULE = "danger-model"
_MODEL_FILE = "danger.joblib"
INTENT_OF_KIND = {"crisis": CRISIS, "emergency": EMERGENCY}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGate(GraphComponent):
    """Writes `safety` on every message and, on HARD, overrules the intent.

    The rules decide; a model learnt from examples may raise what they found, never lower it.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what screens the bare text."""
        return [SafetyScreener]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the probabilities of danger from which the model raises the tier."""
        return {"hard_threshold": 0.2, "soft_threshold": 0.3}

    def __init__(
        self,
        config: Mapping[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: DangerModel | None = None,
    ) -> None:
        """Create the component; without a model only the rules speak."""
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._model = model
        self._encode = shared_encoder(settings().encoder_file).encode

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """Create an untrained component from its part of config.yml."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyGate:
        """Load the trained component."""
        with model_storage.read_from(resource) as directory:
            model = joblib.load(directory / _MODEL_FILE)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model on all examples: danger where the intent says so, none elsewhere."""
        examples = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples]
        self._model = DangerModel().fit(examples, self._encode)
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(self._model, directory / _MODEL_FILE)
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Decide on what was screened; with a `tracker` it is counted."""
        outcomes = [message.get(SCREENING) for message in messages]
        for message, outcome in zip(messages, self._raised(messages, outcomes), strict=True):
            _write(message, outcome)
            if tracker is not None:
                metrics.SAFETY_TIERS.labels(outcome.tier).inc()
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples as they are: nothing learns from what the gate finds."""
        return training_data

    @property
    def danger(self) -> DangerModel:
        """What was learnt."""
        assert self._model, "the gate has not been trained"  # noqa: S101
        return self._model

    def _raised(self, messages: list[Message], outcomes: list[Screening]) -> list[Screening]:
        texts = [message.get(TEXT) or "" for message in messages]
        open_rows = [i for i, outcome in enumerate(outcomes) if outcome.tier != "HARD" and texts[i]]
        if self._model is None or not open_rows:
            return outcomes
        chances = self._model.chances([texts[i] for i in open_rows], self._encode)
        raised = list(outcomes)
        for i, chance in zip(open_rows, chances, strict=True):
            language: Language = "es" if is_spanish(texts[i]) else "en"
            if outcomes[i].tier == "NONE":
                # Where the rules see talk about suicide, not danger, topics would not tell apart.
                chance = _with_topic(chance, messages[i])
            raised[i] = self._raise(outcomes[i], chance, language)
        return raised

    def _raise(
        self, outcome: Screening, chance: Mapping[str, float], language: Language
    ) -> Screening:
        danger = chance[CRISIS] + chance[EMERGENCY]
        kind: Kind = "emergency" if chance[EMERGENCY] > chance[CRISIS] else "crisis"
        rules = [*outcome.rules, MODEL_RULE]
        if danger >= self._config["hard_threshold"]:
            return replace(outcome, tier="HARD", kind=kind, language=language, rules=rules)
        distress = danger + chance[DISTRESS]
        if outcome.tier == "NONE" and distress >= self._config["soft_threshold"]:
            return replace(outcome, tier="SOFT", kind="crisis", language=language, rules=rules)
        return outcome


def _with_topic(chance: Mapping[str, float], message: Message) -> dict[str, float]:
    """The chances, each raised to what the topic classifier thinks of that label."""
    topics = {guess["name"]: guess["confidence"] for guess in message.get(TOPIC_RANKING) or []}
    return {label: max(value, topics.get(label, 0.0)) for label, value in chance.items()}


def _write(message: Message, outcome: Screening) -> None:
    message.set(SAFETY, outcome.as_dict(), add_to_output=True)
    if outcome.tier == "HARD" and outcome.kind:
        _set_intent(message, INTENT_OF_KIND[outcome.kind])
    elif (message.get(INTENT) or {}).get(INTENT_NAME_KEY) in INTENT_OF_KIND.values():
        # No danger, but near it: a kind word and the line, instead of the crisis reply.
        _set_intent(message, DISTRESS)


def _set_intent(message: Message, name: str) -> None:
    intent = {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(ANSWERS, [name], add_to_output=True)
