from __future__ import annotations

import asyncio

import pytest
from rasa.core.channels.channel import UserMessage

from assistant.channels import turns
from assistant.channels.inbound import Inbound
from assistant.channels.turns import TurnRunner

HELLO = Inbound("rest", "ann", "hello")


async def test_visitor_is_not_kept_waiting_for_ever() -> None:
    done = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await message.output_channel.send_response("", {"text": "One moment."})
        await done.wait()

    runner = TurnRunner(slow, timeout=0.01)
    answers = await runner.answers(HELLO)
    assert [answer["text"] for answer in answers] == ["One moment."]
    done.set()
    await asyncio.gather(*runner._running)


async def test_turn_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "GIVEN_UP", 0.01)

    async def hang(message: UserMessage) -> None:
        await asyncio.Event().wait()

    runner = TurnRunner(hang)
    assert "988" in (await runner.answers(HELLO))[0]["text"]
    assert "988" in (await runner.answers(HELLO))[0]["text"]


async def test_answer_without_text_is_not_enough() -> None:
    async def picture(message: UserMessage) -> None:
        await message.output_channel.send_response("", {"image": "https://example.com/a.png"})

    answers = await TurnRunner(picture).answers(HELLO)
    assert answers[0]["image"] == "https://example.com/a.png"
    assert "988" in answers[1]["text"]


async def test_what_was_said_before_a_failure_is_delivered() -> None:
    async def half(message: UserMessage) -> None:
        await message.output_channel.send_response("", {"text": "First."})
        raise ValueError

    assert [answer["text"] for answer in await TurnRunner(half).answers(HELLO)] == ["First."]
