"""Whatever comes in over the socket gets an acknowledgement, and never a traceback."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.channels.conftest import Server
from tests.channels.web.conftest import SECONDS, Browser, Open


@pytest.mark.parametrize(
    "arguments",
    [(), (None,), ("hello",), (7,), ([],), (["hello"],), (True,), (b"hello",), ("a", "b", "c")],
    ids=repr,
)
@pytest.mark.parametrize("event", ["user_uttered", "feedback"])
async def test_an_event_without_an_object_is_refused(
    server: Server, browser: Open, event: str, arguments: tuple[object, ...]
) -> None:
    ann = await browser()
    answer = await ann.call(event, *arguments)
    assert answer["status"] == 400
    assert answer["error"].endswith(".")
    assert not server.agent.seen
    await still_works(ann)


@pytest.mark.parametrize("message", [None, 7, 1.5, True, [], ["hi"], {"a": 1}, "", b"hi"], ids=repr)
async def test_what_is_no_text_is_answered_in_words(
    server: Server, browser: Open, message: object
) -> None:
    ann = await browser()
    assert await ann.say(message) == {"error": "The message must be text.", "status": 400}
    reply = await ann.next()
    assert reply["custom"]["utter_action"] == "utter_text_only"
    assert "988" in reply["text"]
    assert not server.agent.seen
    await still_works(ann)


@pytest.mark.parametrize("message_id", [7, "", "a" * 101, "a\nb", ["a"], {}, True], ids=repr)
async def test_a_malformed_message_id_is_refused(
    server: Server, browser: Open, message_id: object
) -> None:
    ann = await browser()
    assert (await ann.say("hello", message_id=message_id))["status"] == 400
    assert not server.agent.seen
    await still_works(ann)


@pytest.mark.parametrize(
    "feedback",
    [
        {},
        {"message_id": "m1.0"},
        {"value": "up"},
        {"message_id": "m1.0", "value": "sideways"},
        {"message_id": "m1.0", "value": ["up"]},
        {"message_id": ["m1.0"], "value": "up"},
    ],
    ids=repr,
)
async def test_malformed_feedback_is_refused(
    server: Server, browser: Open, feedback: dict[str, object]
) -> None:
    ann = await browser()
    assert (await ann.call("feedback", feedback))["status"] == 400
    await still_works(ann)


@pytest.mark.parametrize("event", ["no_such_event", "bot_uttered", "*", "message", ""])
async def test_an_unknown_event_is_refused(server: Server, browser: Open, event: str) -> None:
    ann = await browser()
    assert await ann.call(event, {"a": 1}) == {"error": "There is no such event.", "status": 404}
    await still_works(ann)


@pytest.mark.parametrize("request_", [None, "x", 7, [], {"session_id": {"a": 1}}], ids=repr)
async def test_a_malformed_session_request_breaks_nothing(
    server: Server, browser: Open, request_: object
) -> None:
    ann = await browser()
    answer = await ann.call("session_request", request_)
    assert answer == {"ok": True} or answer["status"] == 400
    await still_works(ann)


@pytest.mark.parametrize("auth", ["x", 7, [], {"session": 7}, {"client": ["clinic-chat"]}])
async def test_malformed_credentials_break_nothing(
    server: Server, browser: Open, auth: object
) -> None:
    ann = await browser()
    await ann.client.disconnect()
    await ann.client.connect(ann.url, auth=auth, transports=["websocket"])
    await still_works(ann)


@pytest.mark.parametrize("event", ["feedback", "forget_me"])
async def test_a_request_before_any_session_is_refused(
    server: Server, browser: Open, event: str
) -> None:
    ann = await browser()
    await ann.client.disconnect()
    await ann.client.connect(ann.url, transports=["websocket"])
    assert (await ann.call(event, {"message_id": "m.0", "value": "up"}))["status"] == 400


@pytest.mark.parametrize("packet", ["4", "42", "42[", "42[]", "42{}", "4999", "430[]", "x"])
async def test_garbage_on_the_line_breaks_it_for_nobody_else(
    server: Server, browser: Open, packet: str
) -> None:
    ann, mallory = await browser(), await browser()
    await mallory.client.eio.ws.send_str(packet)
    await still_works(ann)


@pytest.mark.parametrize(
    "packet",
    [
        "42[",
        "42{}",
        "42[]",
        "42[7]",
        '42[{"a": 1}]',
        "4999",
        '421["user_uttered",' + "9" * 101,
    ],
)
async def test_who_sends_what_cannot_be_read_is_hung_up_on(
    server: Server, browser: Open, packet: str, caplog: pytest.LogCaptureFixture
) -> None:
    mallory, gone = await browser(), asyncio.Event()
    mallory.client.on("disconnect", lambda *_: gone.set())
    await mallory.client.eio.ws.send_str(packet)
    await asyncio.wait_for(gone.wait(), SECONDS)
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("text", ["/restart", '/faq{"a": 1}', " / //session_start"])
async def test_a_slash_is_no_command(server: Server, browser: Open, text: str) -> None:
    ann = await browser()
    assert await ann.say(text) == {"ok": True}
    await ann.next()
    assert server.agent.seen[0].text == text.lstrip(" /")


async def still_works(ann: Browser) -> None:
    assert await ann.say("are you there") == {"ok": True}
    assert (await ann.next())["text"].startswith("You said: are you there")


async def test_a_malformed_host_is_refused(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"http://{server.host}:{server.port}/socket.io/?EIO=4&transport=polling"
    async with httpx.AsyncClient() as client:
        answer = await client.get(address, headers={"host": "a[b"})
    assert answer.status_code == 400
    assert not [record for record in caplog.records if record.exc_info]
