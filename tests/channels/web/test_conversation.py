"""What a visitor says and hears over Socket.IO."""

from __future__ import annotations

import pytest

from tests.channels.conftest import Server
from tests.channels.web.conftest import Open


async def test_a_question_is_acknowledged_and_answered(server: Server, browser: Open) -> None:
    ann = await browser()
    assert await ann.say("What does it cost?", message_id="m1") == {"ok": True}
    assert await ann.next() == {
        "id": "m1.0",
        "text": "You said: What does it cost?\n\nAnything more?",
        "quick_replies": [
            {"content_type": "text", "title": "Costs", "payload": "What does it cost?"}
        ],
        "custom": {"voice": "article"},
    }


async def test_the_conversation_is_named_by_the_random_part(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.say("hello")
    await ann.next()
    (message,) = server.agent.seen
    assert message.sender_id == f"web:{ann.session.partition('.')[0]}"
    assert message.input_channel == "web"
    assert len(message.sender_id) >= 22


async def test_a_message_sent_twice_is_answered_once(server: Server, browser: Open) -> None:
    ann = await browser()
    for _ in range(2):
        assert await ann.say("hello", message_id="m1") == {"ok": True}
    await ann.say("bye", message_id="m2")
    assert [(await ann.next())["id"] for _ in range(2)] == ["m1.0", "m2.0"]
    assert [message.text for message in server.agent.seen] == ["hello", "bye"]


async def test_a_stock_client_needs_neither_acknowledgement_nor_id(
    server: Server, browser: Open
) -> None:
    ann = await browser(ours=False, acknowledges=False)
    for text in ("hello", "bye"):
        await ann.client.emit("user_uttered", {"message": text, "session_id": ann.session})
        answer = await ann.next()
        assert answer["text"].startswith(f"You said: {text}")
        assert set(answer) <= {"text", "quick_replies"}, "rasa-webchat shows nothing else"


async def test_a_message_before_any_session_begins_one(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.client.disconnect()
    await ann.client.connect(ann.url, auth={"client": "clinic-chat"}, transports=["websocket"])
    assert await ann.say("hello") == {"ok": True}
    assert (await ann.next())["text"].startswith("You said: hello")
    assert await ann.confirmed.get() != ann.session


async def test_all_tabs_of_a_visitor_hear_the_answer(server: Server, browser: Open) -> None:
    ann = await browser()
    tab = await browser(ann.session)
    await ann.say("hello")
    assert (await tab.next())["id"] == (await ann.next())["id"]


async def test_long_polling_will_do(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.client.disconnect()
    await ann.connect(ann.session, transports=["polling"])
    assert await ann.say("hello") == {"ok": True}
    assert (await ann.next())["text"].startswith("You said: hello")


@pytest.mark.parametrize("trouble", ["raise", "silent"])
async def test_never_silent(server: Server, browser: Open, trouble: str) -> None:
    ann = await browser()
    await ann.say(trouble)
    answer = await ann.next()
    assert answer["custom"]["utter_action"] == "utter_unavailable"
    assert "988" in answer["text"]
