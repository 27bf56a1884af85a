"""Has messages judged in a second process while their conversation is loaded."""

from __future__ import annotations

from assistant.engine.processor import LightProcessor
from assistant.nlu.ahead.models import Models
from assistant.nlu.ahead.process import SecondProcess
from assistant.nlu.safety.gate import SafetyGate
from assistant.nlu.topics.classifier import TopicClassifier


def judge_ahead(processor: LightProcessor) -> SecondProcess:
    """Start a process that judges the messages of `processor`; it is to be stopped."""
    (classifier,) = processor.graph_runner.components_of(TopicClassifier)
    (gate,) = processor.graph_runner.components_of(SafetyGate)
    processor.second = SecondProcess(Models(classifier.topics, gate.danger))
    processor.second.start()
    return processor.second
