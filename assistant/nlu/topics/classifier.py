"""The topic classifier as a Rasa component."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, RESPONSE_SELECTOR, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.encoder.encoder import shared_encoder
from assistant.nlu.reading.spanish import is_marked_spanish, is_spanish, is_spanish_in
from assistant.nlu.topics.compound import Part, compound_answers
from assistant.nlu.topics.decision import Decision, Guess, Thresholds, decide
from assistant.nlu.topics.follow_ups import last_answered
from assistant.nlu.topics.model import Matrix
from assistant.nlu.topics.readings import Readings, Row
from assistant.nlu.topics.topics import Example, Topics
from assistant.settings import settings

TOPIC_RANKING = "topic_ranking"
ANSWERS = "answers"
SUGGESTIONS = "suggestions"
_MODEL_FILE = "topics.joblib"
_RANKED = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Sets intent and response selector together, from one model over full topic keys.

    Besides Rasa's own attributes it leaves `topic_ranking`, the three best
    topics; `answers`, the topics to answer in this turn, in order; and
    `suggestions`, the topics worth offering when there is no answer.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Thresholds and the model's hyperparameters."""
        return {
            "answer_threshold": 0.4,
            "clarify_threshold": 0.15,
            "answer_near_scope_threshold": 0.65,
            "part_threshold": 0.6,
            "part_question_threshold": 0.4,
            "meaning_weight": 12.0,
            "ridge": 0.3,
        }

    def __init__(
        self,
        config: Mapping[str, Any],
        storage: ModelStorage,
        resource: Resource,
        topics: Topics | None = None,
    ) -> None:
        """Create the component; `topics` are there once trained or loaded."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._topics = topics
        self._thresholds = Thresholds(
            answer=config["answer_threshold"],
            clarify=config["clarify_threshold"],
            answer_near_scope=config["answer_near_scope_threshold"],
        )
        self._encode = shared_encoder(settings().encoder_file).encode

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Load the trained component."""
        with model_storage.read_from(resource) as directory:
            topics = joblib.load(directory / _MODEL_FILE)
        return cls(config, model_storage, resource, topics)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the models on every example with an intent and keep them."""
        messages = [m for m in training_data.intent_examples if m.get(TEXT)]
        examples = [Example(m.get(TEXT), m.get_full_intent()) for m in messages]
        marked = [is_marked_spanish(message) for message in messages]
        self._topics = Topics(
            meaning_weight=self._config["meaning_weight"], ridge=self._config["ridge"]
        ).fit(
            english=[e for e, is_marked in zip(examples, marked, strict=True) if not is_marked],
            spanish=[
                example
                for example, is_marked in zip(examples, marked, strict=True)
                if is_marked or is_spanish(example.text)
            ],
            encode=self._encode,
        )
        with self._storage.write_to(self._resource) as directory:
            joblib.dump(self._topics, directory / _MODEL_FILE)
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Classify messages in place, many at once when many are given.

        `tracker` gives the answer that a short message may refer to.
        """
        topic = last_answered(tracker.events) if tracker else None
        readings = [Readings.of(message.get(TEXT) or "", topic) for message in messages]
        # All in one pass through the encoder.
        texts = [text for reading in readings for text in reading.texts]
        rows = iter(self._probabilities(texts, tracker))
        for message, reading in zip(messages, readings, strict=True):
            self._decide(message, reading, [*islice(rows, len(reading.texts))])
        return messages

    def _decide(self, message: Message, reading: Readings, rows: list[Row]) -> None:
        mixed, rows_of_parts = reading.mixed(rows, self._labels, self._thresholds.answer)
        ranking = self._ranking(mixed)
        decision = decide(ranking, self._thresholds)
        sure = [
            self._sure_label(part, self._ranking(row))
            for part, row in zip(reading.parts, rows_of_parts, strict=True)
        ]
        answers = compound_answers(reading.parts, sure)
        if not answers and decision.label:
            answers = [decision.label]
        _write(message, ranking, decision, answers)

    @property
    def _labels(self) -> list[str]:
        return self.topics.labels

    @property
    def topics(self) -> Topics:
        """What was learnt."""
        assert self._topics, "the classifier has not been trained"  # noqa: S101
        return self._topics

    def _probabilities(self, texts: list[str], tracker: DialogueStateTracker | None) -> Matrix:
        are_spanish = [is_spanish_in(text, tracker) for text in texts]
        return self.topics.probabilities(texts, are_spanish, self._encode)

    def _ranking(self, row: Row) -> list[Guess]:
        best = row.argsort()[::-1][:_RANKED]
        return [Guess(self._labels[i], float(row[i])) for i in best]

    def _sure_label(self, part: Part, ranking: list[Guess]) -> str | None:
        # A question mark says that this is a question; a clause must make up for its lack.
        kind = "part_question_threshold" if part.text.endswith("?") else "part_threshold"
        best = ranking[0]
        return best.name if best.confidence >= self._config[kind] else None


def _write(message: Message, ranking: list[Guess], decision: Decision, answers: list[str]) -> None:
    best = ranking[0]
    chosen = answers[0] if answers else DEFAULT_NLU_FALLBACK_INTENT_NAME
    intent = {"name": chosen.partition("/")[0], "confidence": best.confidence}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *_other_intents(intent, ranking)], add_to_output=True)
    message.set(TOPIC_RANKING, [guess.as_dict() for guess in ranking], add_to_output=True)
    message.set(ANSWERS, answers, add_to_output=True)
    message.set(SUGGESTIONS, list(decision.suggestions), add_to_output=True)
    if "/" in chosen:
        message.set(RESPONSE_SELECTOR, _selection(chosen, best.confidence), add_to_output=True)


def _other_intents(intent: dict[str, Any], ranking: list[Guess]) -> list[dict[str, Any]]:
    best: dict[str, float] = {}
    for guess in ranking:
        best.setdefault(guess.name.partition("/")[0], guess.confidence)
    return [{"name": n, "confidence": c} for n, c in best.items() if n != intent["name"]]


def _selection(label: str, confidence: float) -> dict[str, Any]:
    retrieval_intent = label.partition("/")[0]
    response = {
        "intent_response_key": label,
        "utter_action": f"utter_{label}",
        "confidence": confidence,
        "responses": [],
    }
    return {
        "all_retrieval_intents": [retrieval_intent],
        retrieval_intent: {"response": response, "ranking": [response]},
    }
