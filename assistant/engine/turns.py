"""Takes out of each turn what Rasa does again and again."""

from __future__ import annotations

import gc

from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.dask import DaskGraphRunner

from assistant.engine.copies import copy_less
from assistant.engine.rules import look_up_intents_only
from assistant.engine.runner import OrderedGraphRunner


def lighten_turns(agent: Agent) -> None:
    """Have the processor of `agent`, if it has a model, do less for the same answers.

    Its graph runs in an order found once, rules are looked up by the intent alone, and less is
    copied. That every intent is in the domain, for which Rasa builds a whole domain to compare
    with, `make validate` has checked. Another model needs a restart.
    """
    processor = agent.processor
    if processor is None:
        return
    if isinstance(processor.graph_runner, DaskGraphRunner):
        processor.graph_runner = OrderedGraphRunner.instead_of(processor.graph_runner)
        for component in processor.graph_runner.components:
            if isinstance(component, RulePolicy):
                look_up_intents_only(component)
    processor._check_for_unseen_features = lambda parse_data: None
    copy_less()
    # What is loaded stays: to search it for garbage kept one visitor waiting for 200 ms.
    gc.collect()
    gc.freeze()
