"""What cannot be read is answered in words, and danger is seen in whatever comes."""

from __future__ import annotations

import pytest

from assistant.channels.messenger import webhook
from assistant.channels.queue.table import QueueTable, QueueUnavailable
from tests.channels.conftest import Server
from tests.channels.messenger import meta
from tests.channels.messenger.conftest import Comes
from tests.channels.messenger.fake_graph import FakeGraph

LONG = "I have been anxious about work for some time. " * 60


async def test_a_photo_gets_words(server: Server, graph: FakeGraph, comes: Comes) -> None:
    photo = {"type": "image", "payload": {"url": "https://cdn.example/x.jpg"}}
    await meta.deliver(server.http, meta.message("7", None, attachments=[photo]))
    await comes(lambda: bool(graph.messages))
    assert "only read text" in graph.texts("7")[0]
    assert "988" in graph.texts("7")[0]


async def test_a_long_text_gets_words(server: Server, graph: FakeGraph, comes: Comes) -> None:
    await meta.deliver(server.http, meta.message("7", LONG))
    await comes(lambda: bool(graph.messages))
    assert "too long" in graph.texts("7")[0]
    assert not server.agent.seen


@pytest.mark.parametrize("place", [0, 500, 970, 1_500, len(LONG)])
async def test_danger_in_a_long_text_reaches_the_assistant(
    server: Server, graph: FakeGraph, comes: Comes, place: int
) -> None:
    text = f"{LONG[:place]} I want to kill myself. {LONG[place:]}"
    await meta.deliver(server.http, meta.message("7", text))
    await comes(lambda: bool(graph.messages))
    (message,) = server.agent.seen
    assert "I want to kill myself" in message.text
    assert len(message.text) <= 1_000


async def test_a_flood_is_asked_once_to_wait(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    flood = [meta.message("7", f"message {number}") for number in range(30)]
    await meta.deliver(server.http, *flood)
    await meta.deliver(server.http, meta.message("7", "I want to die"))
    await meta.deliver(server.http, meta.message("8", "hello"))
    await comes(lambda: bool(graph.texts("8")) and len(graph.texts("7")) >= 12)
    asked = [text for text in graph.texts("7") if "a lot of messages" in text]
    assert len(asked) == 1
    assert server.agent.seen[-1].text in ("I want to die", "hello")
    assert "I want to die" in [message.text for message in server.agent.seen]
    assert len(server.agent.seen) == 12


@pytest.mark.parametrize("trouble", [QueueUnavailable(), None], ids=["away", "slow"])
async def test_what_was_not_stored_is_sent_again_by_meta(
    server: Server,
    graph: FakeGraph,
    comes: Comes,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception | None,
) -> None:
    put, event = QueueTable.put, meta.message("7", "hello")

    def fails(*_: object, **__: object) -> None:
        if trouble:
            raise trouble
        raise AssertionError("never reached in time")

    with monkeypatch.context() as away:
        away.setattr(QueueTable, "put", fails)
        if trouble is None:
            away.setattr(webhook, "_STORE_WITHIN", 0.0)
        answer = await server.http.post(**meta.request(event))
    assert (answer.status_code, set(answer.json())) == (503, {"error"})
    assert QueueTable.put is put
    assert not graph.messages
    await meta.deliver(server.http, event)
    await comes(lambda: bool(graph.messages))
    assert len(server.agent.seen) == 1
