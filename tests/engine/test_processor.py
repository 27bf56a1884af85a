"""The light processor understands what Rasa's does, with a second process or without."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Sequence
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine.ahead import judge_ahead
from assistant.engine.processor import LightProcessor
from assistant.nlu.safety import screener
from assistant.nlu.safety.screen import Screening, screen
from tests.nlu.ahead.waiting import ready
from tests.policies.trackers import says

pytestmark = pytest.mark.model

TEXTS = [
    "what are the side effects",
    "how much is it, and when do you open?",
    "¿cuánto cuesta?",
    "si",
    "i want to die",
    "my chest hurts and my arm is numb",
    "wat does it cst",
    "/greet",
    "   ",
    "",
]


class Calls:
    """Stands for the second process, and notes who asks it, and when."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def begin(self, text: str) -> None:
        self.made.append("begin")

    async def finish(self, text: str) -> None:
        self.made.append("finish")


@pytest.fixture
def processor(light: Agent) -> LightProcessor:
    own: LightProcessor = light.processor
    return own


@pytest.fixture
def calls(processor: LightProcessor, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls = Calls()

    def noted(text: str, earlier: Sequence[str] = ()) -> Screening:
        calls.made.append("screen")
        return screen(text, earlier)

    monkeypatch.setattr(screener, "screen", noted)
    monkeypatch.setattr(processor, "second", calls)
    return calls.made


def meaning(own: Any, text: str) -> Any:
    return asyncio.run(own.parse_message(UserMessage(text, sender_id="ana")))


def nearly(value: Any) -> Any:
    """Leave out the digits that depend on the order in which numbers are added."""
    if isinstance(value, dict):
        return {key: nearly(part) for key, part in value.items()}
    if isinstance(value, list):
        return [nearly(part) for part in value]
    return pytest.approx(value, abs=1e-3) if isinstance(value, float) else value


@pytest.mark.parametrize("text", TEXTS)
def test_it_understands_what_rasas_processor_does(
    stock: Agent, processor: LightProcessor, text: str
) -> None:
    assert meaning(processor, text) == nearly(meaning(stock.processor, text))


async def test_it_understands_the_same_with_a_second_process(
    stock: Agent, processor: LightProcessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processor, "second", None)
    second = judge_ahead(processor)
    try:
        await ready(second)
        for text in TEXTS:
            second.begin(text)
            message = UserMessage(text, sender_id="ana")
            alone = nearly(await stock.processor.parse_message(message))
            assert await processor.parse_message(message) == alone
    finally:
        await second.stop()


def test_the_rules_are_read_while_a_message_is_judged(
    processor: LightProcessor, calls: list[str]
) -> None:
    asyncio.run(processor.handle_message(UserMessage("what is ketamine", sender_id="ana")))
    assert calls == ["begin", "screen", "finish"]


def test_who_is_in_danger_waits_for_no_process(processor: LightProcessor, calls: list[str]) -> None:
    asyncio.run(processor.handle_message(UserMessage("i want to die", sender_id="ana")))
    assert calls == ["begin", "screen"]


def test_nobody_is_asked_about_nothing(processor: LightProcessor, calls: list[str]) -> None:
    asyncio.run(processor.parse_message(UserMessage("", sender_id="ana")))
    assert calls == ["screen"]


@pytest.mark.parametrize(
    ("mapping", "actions", "expected"),
    [
        ("{type: custom}", "[]", False),
        ("{type: custom, action: action_look_up}", "[action_look_up]", True),
        ("{type: from_text}", "[]", True),
        ("{type: custom}", "[action_validate_slot_mappings]", True),
    ],
)
def test_slots_are_filled_where_a_message_can_fill_one(
    stock: Agent, mapping: str, actions: str, expected: bool
) -> None:
    slot = f"{{type: text, influence_conversation: false, mappings: [{mapping}]}}"
    domain = Domain.from_yaml(f"version: '3.1'\nactions: {actions}\nslots: {{name: {slot}}}")
    processor = copy.copy(stock.processor)
    processor.domain = domain
    light = LightProcessor.instead_of(processor)
    tracker = DialogueStateTracker.from_events("ana", says("Ann"), domain.slots)
    asyncio.run(light.run_action_extract_slots(CollectingOutputChannel(), tracker))
    assert light._fills_slots is expected
    assert tracker.get_slot("name") == ("Ann" if "from_text" in mapping else None)
