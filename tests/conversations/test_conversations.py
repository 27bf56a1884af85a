"""Plays the conversations beside this file against the trained model and a real action server.

A conversation is a list of turns: what the user says, and what has to come back:
`bot`, the names of the responses and actions that speak, in order; `says` and
`never_says`, words in the text; `form`, whether the contact form goes on. In none of
them may a reply follow itself.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from ruamel.yaml import YAML

from assistant.engine.turns import lighten_turns
from assistant.operations.action_endpoint import use_action_endpoint
from assistant.settings import ROOT, settings

HERE = Path(__file__).parent
CONVERSATIONS = sorted(HERE.glob("*/*.yml"))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def environment(running_actions: dict[str, str]) -> Any:
    """This process sees the same database and action server as the action server itself."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in running_actions.items():
            patch.setenv(name, value)
        settings.cache_clear()
        yield running_actions
    settings.cache_clear()


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One event loop for all conversations: the agent's connections belong to it."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def agent(
    trained_model: Path, environment: dict[str, str], loop: asyncio.AbstractEventLoop
) -> Agent:
    """The assistant as the server has it."""
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    agent = loop.run_until_complete(load_agent(str(trained_model), endpoints=endpoints))
    assert agent.is_ready()
    use_action_endpoint(agent)
    lighten_turns(agent)
    return agent


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_conversation(file: Path, agent: Agent, loop: asyncio.AbstractEventLoop) -> None:
    loop.run_until_complete(_play(file, agent))


async def _play(file: Path, agent: Agent) -> None:
    sender = f"rest:{uuid.uuid4()}"
    before = ""
    for number, turn in enumerate(YAML(typ="safe").load(file), start=1):
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(turn["user"], channel, sender, input_channel="rest"))
        tracker = await agent.tracker_store.retrieve(sender)
        where = f"{file.name}, turn {number}: {turn['user']!r}"
        _check(turn, channel, tracker, where)
        text = "\n".join(message["text"] for message in channel.messages if "text" in message)
        assert text != before, f"{where}: said word for word as just before\n{text}"
        before = text


def _check(
    turn: dict[str, Any],
    channel: CollectingOutputChannel,
    tracker: DialogueStateTracker | None,
    where: str,
) -> None:
    text = "\n".join(m["text"] for m in channel.messages if "text" in m)
    assert channel.messages, f"{where}: nothing was said"
    if "bot" in turn:
        expected = turn["bot"] if isinstance(turn["bot"], list) else [turn["bot"]]
        assert _spoken(tracker) == expected, f"{where}\n{text}"
    for words in turn.get("says", []):
        assert words.casefold() in text.casefold(), f"{where}: {words!r} is missing in\n{text}"
    for words in turn.get("never_says", []):
        assert words.casefold() not in text.casefold(), f"{where}: {words!r} stands in\n{text}"
    if "form" in turn:
        active = tracker is not None and tracker.active_loop_name == "contact_form"
        assert active == turn["form"], f"{where}: form active is {active}\n{text}"


def _spoken(tracker: DialogueStateTracker | None) -> list[str]:
    names: list[str] = []
    for event in reversed(tracker.events if tracker else []):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered):
            names.insert(0, str(event.metadata.get("utter_action")))
    return names
