"""The crisis rules as a component of Rasa's pipeline."""

from __future__ import annotations

from itertools import islice
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.safety.matching import rule_book
from assistant.nlu.safety.screen import screen

SCREENING = "screening"
"""What the rules found in a message; the gate decides on it."""
_EARLIER_MESSAGES = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SafetyScreener(GraphComponent):
    """Leaves on every message what the rules found in its bare text."""

    def __init__(self) -> None:
        """Create the component.

        Raises:
            RulesError: the crisis rules cannot be used; better no start than no check.
        """
        rule_book()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyScreener:
        """Create the component, which has no settings."""
        return cls()

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Screen `messages`; `tracker` gives the earlier messages of a live conversation.

        In a batch (evaluation) the messages do not belong to one conversation; pass no tracker,
        or an empty one.
        """
        earlier = earlier_messages(tracker)
        for message in messages:
            message.set(SCREENING, screen(message.get(TEXT) or "", earlier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples as they are: nothing learns from what the rules find."""
        return training_data


def earlier_messages(tracker: DialogueStateTracker | None) -> list[str]:
    """Return the texts of the last two user messages before this one, oldest first."""
    if tracker is None:
        return []
    texts = (event.text for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return list(islice((text for text in texts if text), _EARLIER_MESSAGES))[::-1]
