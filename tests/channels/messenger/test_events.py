"""Which events are answered, in which order, and how often."""

from __future__ import annotations

from typing import Any

import pytest

from tests.channels.conftest import Server
from tests.channels.messenger import meta
from tests.channels.messenger.conftest import Comes
from tests.channels.messenger.fake_graph import FakeGraph


def seen(server: Server) -> list[str]:
    return [message.text for message in server.agent.seen]


async def test_a_message_is_answered_with_its_choices(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    await meta.deliver(server.http, meta.message("7", "What does it cost?"))
    await comes(lambda: bool(graph.messages))
    assert graph.messages == [
        (
            "7",
            {
                "text": "You said: What does it cost?\n\nAnything more?",
                "quick_replies": [
                    {"content_type": "text", "title": "Costs", "payload": "What does it cost?"}
                ],
            },
        )
    ]
    (message,) = server.agent.seen
    assert (message.sender_id, message.input_channel) == ("messenger:7", "messenger")


async def test_every_event_of_every_entry_in_order(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    first = meta.entry(meta.message("7", "one"), meta.message("8", "two"))
    second = meta.entry(meta.message("7", "three"), meta.postback("7", "Menu", "four"))
    content = meta.body(first, {"id": meta.PAGE, "time": 1}, second)
    answer = await server.http.post(meta.PATH, content=content, headers=meta.signature(content))
    assert answer.status_code == 200
    await comes(lambda: len(graph.messages) == 4)
    starts = [text.partition("\n")[0] for text in graph.texts("7")]
    assert starts == ["You said: one", "You said: three", "You said: four"]
    assert len(graph.texts("8")) == 1


async def test_order_is_that_of_arrival_not_of_ids(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    await meta.deliver(server.http, meta.message("7", "first", "m_99"))
    late = {**meta.message("7", "second", "m_11"), "timestamp": 1}
    await meta.deliver(server.http, late)
    await comes(lambda: len(graph.messages) == 2)
    assert seen(server) == ["first", "second"]


async def test_what_comes_twice_is_answered_once(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    event = meta.message("7", "hello", "m_twice")
    await meta.deliver(server.http, event, event)
    await meta.deliver(server.http, event)
    tapped = {**meta.postback("7", "Menu", "Hello"), "timestamp": 5}
    del tapped["postback"]["mid"]
    await meta.deliver(server.http, tapped)
    await meta.deliver(server.http, tapped)
    await meta.deliver(server.http, meta.message("7", "bye"))
    await comes(lambda: len(graph.messages) >= 3)
    assert seen(server) == ["hello", "Hello", "bye"]


IGNORED: dict[str, dict[str, Any]] = {
    "echo": meta.message("1001", "What the page said", is_echo=True, app_id=5),
    "delivery": meta.event("7", delivery={"mids": ["m_1"], "watermark": 5}),
    "read": meta.event("7", read={"watermark": 5}),
    "reaction": meta.event("7", reaction={"reaction": "love", "action": "react", "mid": "m_1"}),
    "referral": meta.event("7", referral={"ref": "/restart", "source": "SHORTLINK"}),
    "typing": meta.event("7", typing={}),
    "harmless edit": meta.edit("7", "m_1", "What does it cost, please?"),
    "no sender": {"recipient": {"id": "1001"}, "message": {"mid": "m_2", "text": "hi"}},
    "sender without id": {**meta.message("7", "hi"), "sender": {"user_ref": "x"}},
    "text is a number": meta.message("7", 5),  # type: ignore[arg-type]
    "no mid": meta.event("7", message={"text": "hi"}),
    "sender is a list": {**meta.message("7", "hi"), "sender": {"id": ["7"]}},
}


@pytest.mark.parametrize("event", IGNORED.values(), ids=IGNORED)
async def test_the_rest_is_ignored_and_holds_up_nothing(
    server: Server, graph: FakeGraph, comes: Comes, event: dict[str, Any]
) -> None:
    await meta.deliver(server.http, event, meta.message("8", "hello"))
    await comes(lambda: bool(graph.texts("8")))
    assert seen(server) == ["hello"]


async def test_events_on_standby_are_for_a_person(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    standby = meta.entry(standby=[meta.message("7", "a person answers this")])
    del standby["messaging"]
    content = meta.body(standby, meta.entry(meta.message("8", "hello")))
    answer = await server.http.post(meta.PATH, content=content, headers=meta.signature(content))
    assert answer.status_code == 200
    await comes(lambda: bool(graph.texts("8")))
    assert seen(server) == ["hello"]


async def test_an_edit_that_speaks_of_danger_is_answered(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    await meta.deliver(server.http, meta.message("7", "I want to know the cost", "m_e"))
    await meta.deliver(server.http, meta.edit("7", "m_e", "I want to die"))
    await meta.deliver(server.http, meta.edit("7", "m_e", "I want to die"))
    await meta.deliver(server.http, meta.message("7", "bye"))
    await comes(lambda: len(graph.messages) >= 3)
    assert seen(server) == ["I want to know the cost", "I want to die", "bye"]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (meta.tap("7", "Costs", "What does it cost?"), "What does it cost?"),
        (meta.postback("7", "Your privacy", "What do you know about me?"), "What do you know"),
        (meta.postback("7", "Get Started", "Hello"), "Hello"),
        (meta.tap("7", "Costs", '/faq{"a": 1}'), 'faq{"a": 1}'),
        (meta.message("7", '/faq{"a": 1}'), 'faq{"a": 1}'),
        (meta.postback("7", "", "/restart"), "restart"),
        (meta.postback("7", "Get Started", "GET_STARTED"), "Get Started"),
        (meta.tap("7", "Prices", '{"topic": "prices"}'), "Prices"),
        (meta.tap("7", "Prices", ""), "Prices"),
        (meta.message("7", "see this", attachments=[{"type": "fallback"}]), "see this"),
    ],
)
async def test_taps_are_words(
    server: Server, graph: FakeGraph, comes: Comes, event: dict[str, Any], words: str
) -> None:
    await meta.deliver(server.http, event)
    await comes(lambda: bool(graph.messages))
    (text,) = seen(server)
    assert text.startswith(words)
