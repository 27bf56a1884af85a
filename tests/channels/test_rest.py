"""What the REST channel answers, in which order, and whatever fails."""

from __future__ import annotations

import asyncio
import json

import pytest

from assistant.nlu.reading.wordless import BLANK
from tests.channels.conftest import WEBHOOK, Server


async def test_health(server: Server) -> None:
    answer = await server.http.get("/webhooks/rest/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_answers_one_item_with_text_buttons_and_custom(server: Server) -> None:
    answer = await server.say("What does it cost?")
    assert answer.status_code == 200
    assert answer.json() == [
        {
            "recipient_id": "ann",
            "text": "You said: What does it cost?\n\nAnything more?",
            "buttons": [{"title": "Costs", "payload": "What does it cost?"}],
            "custom": {"voice": "article"},
        }
    ]


async def test_conversation_is_prefixed_by_the_channel(server: Server) -> None:
    await server.say("hello")
    (message,) = server.agent.seen
    assert (message.sender_id, message.input_channel) == ("rest:ann", "rest")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_json_is_taken_under_any_content_type(server: Server, content_type: str) -> None:
    body = json.dumps({"sender": "ann", "message": "hi"})
    headers = {"content-type": content_type}
    answer = await server.http.post(WEBHOOK, content=body, headers=headers)
    assert answer.status_code == 200


async def test_stream_is_answered_as_a_list(server: Server) -> None:
    body = {"sender": "ann", "message": "hello"}
    answer = await server.http.post(WEBHOOK + "?stream=true", json=body)
    assert answer.json()[0]["text"].startswith("You said: hello")


@pytest.mark.parametrize("blank", [" ", "\n", "\u200b", "/"])
async def test_a_blank_message_is_handed_on_to_be_answered(server: Server, blank: str) -> None:
    assert (await server.say(blank)).status_code == 200
    assert server.agent.seen[0].text == BLANK


@pytest.mark.parametrize("trouble", ["raise", "silent"])
async def test_never_silent(server: Server, trouble: str) -> None:
    answer = await server.say(trouble)
    assert answer.status_code == 200
    (item,) = answer.json()
    text = item["text"]
    assert (item["recipient_id"], item["custom"]["utter_action"]) == ("ann", "utter_unavailable")
    assert text.startswith("I'm sorry, something went wrong on my side.")
    assert "988" in text
    assert "911" in text
    assert (await server.say("hello")).json()[0]["text"].startswith("You said: hello")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("raise: I want to die", "I'm an automated assistant, not a person"),
        ("raise: my friend wants to kill himself", "988"),
        ("raise: I took all my pills", "911"),
        ("raise: quiero morir", "AYUDA"),
    ],
)
async def test_person_in_danger_gets_the_crisis_reply_whatever_failed(
    server: Server, text: str, words: str
) -> None:
    ((item),) = (await server.say(text)).json()
    assert words in item["text"]
    assert "went wrong" not in item["text"]


async def test_failure_is_logged_without_the_text(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    await server.say("raise")
    logged = "".join(capsys.readouterr())
    assert "RuntimeError" in logged
    assert "a secret" not in logged


async def test_slow_turn_holds_up_nobody_else(server: Server) -> None:
    slow = asyncio.create_task(server.say("wait"))
    await server.agent.waiting.wait()
    other = await server.say("hello", "bob")
    assert other.json()[0]["recipient_id"] == "bob"
    assert not slow.done()
    server.agent.go_on.set()
    assert (await slow).json()[0]["text"].startswith("You said: wait")


async def test_messages_of_one_sender_keep_their_order(server: Server) -> None:
    slow = asyncio.create_task(server.say("wait"))
    await server.agent.waiting.wait()
    second = asyncio.create_task(server.say("second"))
    await server.say("hello", "bob")
    assert [message.text for message in server.agent.seen] == ["wait", "hello"]
    server.agent.go_on.set()
    await asyncio.gather(slow, second)
    assert [message.text for message in server.agent.seen] == ["wait", "hello", "second"]


async def test_turn_goes_on_when_the_visitor_hangs_up(server: Server) -> None:
    slow = asyncio.create_task(server.say("wait"))
    await server.agent.waiting.wait()
    slow.cancel()
    server.agent.go_on.set()
    await server.say("hello")
    assert len(server.agent.seen[0].output_channel.messages) == 1
