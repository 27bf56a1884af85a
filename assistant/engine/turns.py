"""Takes out of each turn what Rasa does again and again."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.engine.runner.dask import DaskGraphRunner

from assistant.engine.runner import OrderedGraphRunner


def lighten_turns(agent: Agent) -> None:
    """Have the processor of `agent`, if it has a model, do less for the same answers.

    Its graph runs in an order found once. That every intent is in the domain, for which Rasa
    builds a whole domain to compare with, `make validate` has checked.
    """
    processor = agent.processor
    if processor is None:
        return
    if isinstance(processor.graph_runner, DaskGraphRunner):
        processor.graph_runner = OrderedGraphRunner.instead_of(processor.graph_runner)
    processor._check_for_unseen_features = lambda parse_data: None
