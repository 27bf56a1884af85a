"""How answers reach Graph, whatever Graph does."""

from __future__ import annotations

import asyncio
import time

import pytest
from rasa.core.channels.channel import UserMessage

from assistant.channels.messenger import signs
from tests.channels.conftest import Server, StubAgent
from tests.channels.messenger import meta
from tests.channels.messenger.conftest import Comes
from tests.channels.messenger.fake_graph import (
    BLOCKED,
    DOWN,
    OUTSIDE_WINDOW,
    PAGE_TOKEN,
    FakeGraph,
)
from tests.channels.messenger.rules import GraphError, error

LATER = {
    "too many calls of the app": (400, error(4, "Application request limit reached")),
    "too many calls": (400, error(613, "Calls to this API have exceeded the rate limit.")),
    "too many calls of the page": (400, error(32, "Page request limit reached")),
    "business limit": (400, error(80_006, "Too many calls to this Page account")),
    "another business limit": (400, error(80_007, "Rate limit issues")),
    "temporary": (500, error(1200, "Temporary send message failure. Please try again later.")),
    "transient": (400, {**error(100, "Try again"), "is_transient": True}),
    "down": DOWN,
    "token expired": (401, error(190, "Error validating access token")),
    "no words": (502, {}),
}
NEVER = {
    "outside the 24 hours": OUTSIDE_WINDOW,
    "blocked": BLOCKED,
    "nobody there": (400, error(100, "No matching user found", 2018001)),
    "blocked, as a failure": (500, error(551, "This person isn't available right now.")),
}


@pytest.mark.parametrize("failure", LATER.values(), ids=LATER)
async def test_what_graph_does_not_take_now_is_sent_again(
    server: Server, graph: FakeGraph, comes: Comes, failure: tuple[int, GraphError]
) -> None:
    graph.failures["7"] = [failure]
    await meta.deliver(server.http, meta.message("7", "hello"))
    await comes(lambda: bool(graph.messages))
    assert graph.message_calls["7"] == 2
    assert len(server.agent.seen) == 1, "the turn must not be repeated"


@pytest.mark.parametrize("failure", NEVER.values(), ids=NEVER)
async def test_who_cannot_be_reached_is_given_up(
    server: Server, graph: FakeGraph, comes: Comes, failure: tuple[int, GraphError]
) -> None:
    graph.failures["7"] = [failure]
    await meta.deliver(server.http, meta.message("7", "one"), meta.message("7", "two"))
    await comes(lambda: bool(graph.messages))
    assert [text.split("\n")[0] for text in graph.texts("7")] == ["You said: two"]
    assert graph.message_calls["7"] == 2


async def test_what_was_sent_is_not_sent_again(
    server: Server, graph: FakeGraph, comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = ["a " * 900, "b " * 900, "c " * 900]

    async def answer(agent: StubAgent, message: UserMessage) -> None:
        await message.output_channel.send_response("", {"text": "\n\n".join(parts)})

    monkeypatch.setattr(StubAgent, "handle_message", answer)
    graph.failures["7"] = [None, DOWN]
    await meta.deliver(server.http, meta.message("7", "hello"))
    await comes(lambda: len(graph.messages) == 3)
    assert graph.message_calls["7"] == 4
    assert [text[0] for text in graph.texts("7")] == ["a", "b", "c"]


async def test_slow_graph_delays_nobody_else(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    slow = [str(number) for number in range(100, 150)]
    graph.slow = dict.fromkeys(slow, 10.0)
    for person in slow:
        await meta.deliver(server.http, meta.message(person, "hello"))
    begun = time.monotonic()
    await meta.deliver(server.http, meta.message("7", "hello"))
    await comes(lambda: bool(graph.texts("7")))
    assert time.monotonic() - begun < 5
    assert not any(graph.texts(person) for person in slow), "they were not slow"
    graph.released.set()
    await comes(lambda: len(graph.messages) == len(slow) + 1)


async def test_seen_at_once_and_typing_while_it_takes_long(
    server: Server, graph: FakeGraph, comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signs, "TYPING_AFTER", 0.05)
    await meta.deliver(server.http, meta.message("7", "wait"))
    await comes(lambda: len(graph.actions) == 2)
    assert graph.actions == [("7", "mark_seen"), ("7", "typing_on")]
    assert not graph.messages
    server.agent.go_on.set()
    await comes(lambda: bool(graph.messages))


async def test_a_sign_that_fails_keeps_no_answer(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    graph.always = BLOCKED
    await meta.deliver(server.http, meta.message("7", "wait"))
    await comes(lambda: graph.calls == 1)
    graph.always = None
    server.agent.go_on.set()
    await comes(lambda: bool(graph.messages))


async def test_neither_words_nor_people_nor_secrets_are_logged(
    server: Server, graph: FakeGraph, comes: Comes, capsys: pytest.CaptureFixture[str]
) -> None:
    quoting = (400, error(100, "The text 'my secret story' of 4242 cannot be sent"))
    graph.failures["4242"] = [DOWN, quoting]
    events = [meta.message("4242", "my secret story"), meta.event("4242", message={"text": 7})]
    await meta.deliver(server.http, *events)
    await comes(lambda: graph.message_calls["4242"] == 2)
    await asyncio.sleep(0)
    logged = "".join(capsys.readouterr())
    for secret in ("my secret story", "4242", PAGE_TOKEN):
        assert secret not in logged
