"""The trained model as Rasa runs it, and as the assistant does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent, load_agent

from assistant.engine.turns import lighten_turns


@pytest.fixture(scope="module")
def stock(trained_model: Path) -> Agent:
    return asyncio.run(load_agent(str(trained_model)))


@pytest.fixture(scope="module")
def light(trained_model: Path) -> Agent:
    agent = asyncio.run(load_agent(str(trained_model)))
    lighten_turns(agent)
    return agent
