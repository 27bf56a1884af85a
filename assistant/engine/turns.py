"""Takes out of each turn what Rasa does again and again."""

from __future__ import annotations

import gc

from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy

from assistant.engine.copies import copy_less
from assistant.engine.processor import LightProcessor
from assistant.engine.rules import search_less
from assistant.engine.runner import OrderedGraphRunner
from assistant.nlu.safety.gate import SafetyGate
from assistant.nlu.topics.classifier import TopicClassifier
from assistant.nlu.topics.evidence import OwnEvidence, SharedEvidence


def lighten_turns(agent: Agent) -> None:
    """Have the processor of `agent`, if it has a model, do less for the same answers.

    Another model needs a restart.
    """
    if agent.processor is None:
        return
    agent.processor = LightProcessor.instead_of(agent.processor)
    runner = agent.processor.graph_runner
    for policy in runner.components_of(RulePolicy):
        search_less(policy)
    _read_examples_once(runner)
    copy_less()
    # What is loaded stays: to search it for garbage kept one visitor waiting for 200 ms.
    gc.collect()
    gc.freeze()


def _read_examples_once(runner: OrderedGraphRunner) -> None:
    """Have the models of topics and of danger, whose examples are nearly the same, share them."""
    models = [classifier.topics.english for classifier in runner.components_of(TopicClassifier)]
    models += [gate.danger.model for gate in runner.components_of(SafetyGate)]
    own = [model.evidence for model in models if isinstance(model.evidence, OwnEvidence)]
    if own and len(own) == len(models):  # there are some, and they do not share already
        for model, shared in zip(models, SharedEvidence.of(own), strict=True):
            model.evidence = shared
