"""Long messages and floods; a person in danger is answered all the same."""

from __future__ import annotations

import pytest

from tests.channels.conftest import Server
from tests.channels.web.conftest import Browser, Open

LONG = "Is it safe? " * 84
DANGER = "I want to kill myself"


@pytest.fixture
def entry() -> str:
    return "assistant.channels.web.WebChannel:\n  burst: 3\n  messages_per_second: 0.001\n"


async def use_up(ann: Browser) -> None:
    for _ in range(3):
        await ann.say("hello")
        await ann.next()


async def test_a_thousand_characters_are_taken(server: Server, browser: Open) -> None:
    ann = await browser()
    assert await ann.say("a" * 1_000) == {"ok": True}
    await ann.next()
    assert server.agent.seen[0].text == "a" * 1_000


async def test_one_more_is_answered_in_words(server: Server, browser: Open) -> None:
    ann = await browser()
    answer = await ann.say("a" * 1_001)
    assert answer == {"error": "The message is longer than 1,000 characters.", "status": 400}
    reply = await ann.next()
    assert reply["custom"]["utter_action"] == "utter_too_long"
    assert "988" in reply["text"]
    assert not server.agent.seen


async def test_the_reply_to_spanish_is_spanish(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.say("¿Cuánto cuesta el tratamiento en la clínica? " * 30)
    reply = await ann.next()
    assert reply["custom"]["language"] == "es"
    assert "demasiado largo" in reply["text"]


@pytest.mark.parametrize("text", [LONG + DANGER, DANGER + LONG, LONG[:600] + DANGER + LONG])
async def test_danger_in_a_long_message_reaches_the_assistant(
    server: Server, browser: Open, text: str
) -> None:
    ann = await browser()
    assert await ann.say(text) == {"ok": True}
    await ann.next()
    (message,) = server.agent.seen
    assert DANGER in message.text
    assert len(message.text) <= 1_000


async def test_a_flood_is_asked_once_to_wait(server: Server, browser: Open) -> None:
    ann = await browser()
    await use_up(ann)
    for _ in range(5):
        assert await ann.say("hello again") == {
            "error": "Too many messages at once. Please wait a moment.",
            "status": 429,
        }
    reply = await ann.next()
    assert reply["custom"]["utter_action"] == "utter_slow_down"
    assert "988" in reply["text"]
    await ann.call("no_such_event")
    assert ann.heard.empty()
    assert len(server.agent.seen) == 3


async def test_a_flood_slows_down_nobody_else(server: Server, browser: Open) -> None:
    ann, bob = await browser(), await browser()
    await use_up(ann)
    assert (await ann.say("hello"))["status"] == 429
    assert await bob.say("hello") == {"ok": True}


async def test_a_refused_message_can_be_sent_again_under_its_id(
    server: Server, browser: Open
) -> None:
    ann = await browser()
    assert (await ann.say("a" * 1_001, message_id="m1"))["status"] == 400
    await ann.next()
    assert (await ann.say("a" * 1_001, message_id="m1"))["status"] == 400
    assert (await ann.next())["custom"]["utter_action"] == "utter_too_long"
    assert await ann.say("shorter", message_id="m1") == {"ok": True}
    assert (await ann.next())["text"].startswith("You said: shorter")


async def test_danger_in_a_flood_reaches_the_assistant(server: Server, browser: Open) -> None:
    ann = await browser()
    await use_up(ann)
    assert (await ann.say("hello"))["status"] == 429
    await ann.next()
    assert await ann.say(DANGER) == {"ok": True}
    await ann.next()
    assert server.agent.seen[-1].text == DANGER


async def test_an_event_of_a_megabyte_ends_this_connection_only(
    server: Server, browser: Open
) -> None:
    ann, mallory = await browser(), await browser()
    await mallory.client.emit("user_uttered", {"message": "a" * 900_000})
    assert await ann.say("hello") == {"ok": True}
    assert (await ann.next())["text"].startswith("You said: hello")
    assert not [message for message in server.agent.seen if len(message.text) > 1_000]
