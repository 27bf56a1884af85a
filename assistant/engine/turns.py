"""Takes out of each turn what Rasa does again and again."""

from __future__ import annotations

import gc

from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy

from assistant.engine.copies import copy_less
from assistant.engine.processor import LightProcessor
from assistant.engine.rules import look_up_intents_only


def lighten_turns(agent: Agent) -> None:
    """Have the processor of `agent`, if it has a model, do less for the same answers.

    Another model needs a restart.
    """
    if agent.processor is None:
        return
    agent.processor = LightProcessor.instead_of(agent.processor)
    for policy in agent.processor.graph_runner.components_of(RulePolicy):
        look_up_intents_only(policy)
    copy_less()
    # What is loaded stays: to search it for garbage kept one visitor waiting for 200 ms.
    gc.collect()
    gc.freeze()
