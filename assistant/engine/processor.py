"""Rasa's processor of messages, which does less and does not wait idly."""

from __future__ import annotations

from itertools import chain
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import (
    ACTION_VALIDATE_SLOT_MAPPINGS,
    MAPPING_TYPE,
    SlotMappingType,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.engine.runner import OrderedGraphRunner
from assistant.nlu.ahead.process import SecondProcess
from assistant.nlu.safety.screener import SCREENING
from assistant.nlu.topics.classifier import TopicClassifier

Answers = list[dict[str, Any]]


class LightProcessor(MessageProcessor):  # type: ignore[misc]
    """Runs the graph in an order found once, and has messages judged in a second process.

    That every intent is in the domain, for which Rasa builds a whole domain to compare with at
    each message, `make validate` has checked.
    """

    graph_runner: OrderedGraphRunner
    second: SecondProcess | None = None
    """What judges messages ahead."""
    _before_topics: list[str]
    """Names of the components whose work the topic classifier goes on with."""
    _fills_slots: bool
    """Whether a message can fill a slot before an action is chosen."""

    @classmethod
    def instead_of(cls, stock: MessageProcessor) -> LightProcessor:
        """Take over all that Rasa's processor has."""
        light = cls.__new__(cls)
        light.__dict__.update(vars(stock))
        if isinstance(stock.graph_runner, DaskGraphRunner):
            light.graph_runner = OrderedGraphRunner.instead_of(stock.graph_runner)
        light._before_topics = light.graph_runner.needs_of(TopicClassifier)
        light._fills_slots = _can_fill_slots(light.domain)
        return light

    async def handle_message(self, message: UserMessage) -> Answers | None:
        """Answer a message; it is judged while its conversation is loaded."""
        if self.second and message.text:
            self.second.begin(message.text)
        answers: Answers | None = await super().handle_message(message)
        return answers

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Return what a message means, by the graph alone: not by another interpreter.

        What needs no topic is done while it is judged; who is in danger waits for no process.
        """
        tracker = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}
        if self.second and message.text:
            screened = self.graph_runner.run(inputs, self._before_topics)
            inputs |= screened
            if not any(map(_is_danger, chain(*screened.values()))):
                await self.second.finish(message.text)
        target = self.model_metadata.nlu_target
        (parsed,) = self.graph_runner.run(inputs, [target])[target]
        meaning: dict[str, Any] = {TEXT: "", INTENT: {"name": None, "confidence": 0.0}}
        meaning |= {ENTITIES: [], **parsed.as_dict(only_output_properties=only_output_properties)}
        self._update_full_retrieval_intent(meaning)
        return meaning

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fill slots, if there are any that are not left to actions and policies."""
        if not self._fills_slots:
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)


def _can_fill_slots(domain: Domain) -> bool:
    mappings = [mapping for slot in domain.slots for mapping in slot.mappings]
    custom = SlotMappingType.CUSTOM.value
    return ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions or any(
        mapping[MAPPING_TYPE] != custom or "action" in mapping for mapping in mappings
    )


def _is_danger(message: Message) -> bool:
    return bool(message.get(SCREENING).tier == "HARD")
