"""Has messages judged while their conversation is loaded."""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine.runner import OrderedGraphRunner
from assistant.nlu.ahead.models import Models
from assistant.nlu.ahead.process import SecondProcess
from assistant.nlu.safety.gate import SafetyGate
from assistant.nlu.topics.classifier import TopicClassifier


def judge_ahead(agent: Agent) -> SecondProcess | None:
    """Start a second process that judges messages for the lightened `agent`.

    Returns:
        The process, to be stopped; None if the agent has not the models for one.
    """
    processor = agent.processor
    models = _models(processor.graph_runner) if processor else None
    if models is None:
        return None
    second = SecondProcess(models)
    second.start()
    handle, parse = processor.handle_message, processor.parse_message

    async def handle_message(message: UserMessage) -> list[dict[str, Any]] | None:
        if message.text:
            second.begin(message.text)
        answers: list[dict[str, Any]] | None = await handle(message)
        return answers

    async def parse_message(
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        if message.text:
            await second.finish(message.text)
        parsed: dict[str, Any] = await parse(message, tracker, only_output_properties)
        return parsed

    processor.handle_message, processor.parse_message = handle_message, parse_message
    return second


def _models(runner: Any) -> Models | None:
    if not isinstance(runner, OrderedGraphRunner):
        return None
    topics = next((c.topics for c in runner.components if isinstance(c, TopicClassifier)), None)
    danger = next((c.model for c in runner.components if isinstance(c, SafetyGate)), None)
    return Models(topics, danger) if topics and danger else None
