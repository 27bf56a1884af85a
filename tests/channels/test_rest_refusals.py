"""What the REST channel refuses, and what strangers cannot do through it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from assistant.channels.turns import MAX_WAITING
from tests.channels.conftest import WEBHOOK, Server


def repr_short(value: object) -> str:
    return repr(value)[:20]


async def test_strangers_set_neither_metadata_nor_channel(server: Server) -> None:
    body = {"sender": "ann", "message": "hi", "metadata": {"a": 1}, "input_channel": "web", "x": 1}
    assert (await server.http.post(WEBHOOK, json=body)).status_code == 200
    (message,) = server.agent.seen
    assert (message.input_channel, message.metadata) == ("rest", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/restart", "restart"),
        ('/faq{"a": 1}', 'faq{"a": 1}'),
        ("/I want to die", "I want to die"),
        (" / //crisis", "crisis"),
        ("\u200b/restart", "restart"),
    ],
)
async def test_slash_is_no_command(server: Server, text: str, words: str) -> None:
    assert (await server.say(text)).status_code == 200
    assert server.agent.seen[0].text == words


@pytest.mark.parametrize(
    "message",
    [None, 7, 1.5, True, [], ["hi"], {"a": 1}, "", "a" * 1001],
    ids=repr_short,
)
async def test_malformed_message_is_refused(server: Server, message: object) -> None:
    answer = await server.say(message)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert not server.agent.seen


@pytest.mark.parametrize(
    "sender", [None, "", "  ", 5, ["a"], {}, "a" * 256, "a\nb", "a\x00"], ids=repr_short
)
async def test_malformed_sender_is_refused(server: Server, sender: object) -> None:
    answer = await server.say("hello", sender)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert not server.agent.seen


@pytest.mark.parametrize(
    "body",
    [b"", b"  ", b"{", b"[]", b'"hi"', b"null", b"7", b"\xff\xfe\x00", b"[" * 60_000, b'{"a":1}'],
    ids=repr_short,
)
async def test_malformed_body_is_refused(server: Server, body: bytes) -> None:
    answer = await server.http.post(WEBHOOK, content=body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


async def test_two_megabytes_are_refused(server: Server) -> None:
    body = json.dumps({"sender": "ann", "message": "a" * 2_000_000})
    answer = await server.http.post(WEBHOOK, content=body)
    assert (answer.status_code, set(answer.json())) == (413, {"error"})
    assert (await server.say("hello")).status_code == 200


async def test_two_megabytes_in_chunks_are_refused(server: Server) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"a" * 100_000

    answer = await server.http.post(WEBHOOK, content=chunks())
    assert (answer.status_code, set(answer.json())) == (413, {"error"})


@pytest.mark.parametrize(
    "framing",
    ["Content-Length: 2000000", "Transfer-Encoding: chunked\r\n\r\n20000\r\n" + "a" * 70_000],
    ids=["announced", "chunked"],
)
async def test_large_body_is_refused_before_it_arrived(server: Server, framing: str) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(f"POST {WEBHOOK} HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n".encode())
    status = await asyncio.wait_for(reader.readline(), 5)
    assert b" 413 " in status
    writer.close()


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
async def test_other_methods_are_refused(server: Server, method: str) -> None:
    answer = await server.http.request(method, WEBHOOK)
    assert (answer.status_code, set(answer.json())) == (405, {"error"})
    assert answer.headers["allow"] == "POST"


async def test_negative_length_is_refused(server: Server) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(f"POST {WEBHOOK} HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n".encode())
    assert b" 400 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_no_other_site_may_read_answers(server: Server) -> None:
    answer = await server.http.post(
        WEBHOOK, json={"sender": "a", "message": "hi"}, headers={"origin": "https://evil.example"}
    )
    assert "access-control-allow-origin" not in answer.headers


async def test_http_api_is_off(server: Server) -> None:
    answer = await server.http.get("/conversations/rest:ann/tracker")
    assert answer.status_code == 404


async def test_flood_of_one_sender_is_slowed_down(server: Server) -> None:
    slow = asyncio.create_task(server.say("wait"))
    await server.agent.waiting.wait()
    flood = [asyncio.create_task(server.say("hello")) for _ in range(MAX_WAITING + 5)]
    refused = [task for task in asyncio.as_completed(flood[-5:])]
    codes = [(await task).status_code for task in refused]
    assert codes == [429] * 5
    assert (await server.say("hello", "bob")).status_code == 200
    server.agent.go_on.set()
    await slow
    assert {(await task).status_code for task in flood[:MAX_WAITING]} == {200}


@pytest.mark.parametrize(
    "entry", ["assistant.channels.rest.RestChannel:\n  burst: 2\n  messages_per_second: 0.01\n"]
)
async def test_limit_is_set_in_credentials(server: Server) -> None:
    codes = [(await server.say("hello")).status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    assert (await server.say("hello", "bob")).status_code == 200
