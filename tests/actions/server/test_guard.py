"""Who may call the action server, and with what."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet
from sanic import Sanic

from actions.server.app import create_app
from assistant.operations.action_endpoint import ActionEndpoint
from assistant.operations.action_token import HEADER, action_tokens
from assistant.settings import Settings

CALL = {
    "next_action": "action_crash",
    "tracker": {"sender_id": "rest:ann", "slots": {}, "latest_message": {}, "events": []},
    "domain": {},
}
KEYS = f"{Fernet.generate_key().decode()},{Fernet.generate_key().decode()}"


@pytest.fixture
async def url(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setattr(Sanic, "test_mode", True)
    app = create_app(["new", "old"])
    listener = socket.create_server(("127.0.0.1", 0))
    running: Any = await app.create_server(
        sock=listener, return_asyncio_server=True, access_log=False
    )
    await running.startup()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    await running.close()


@pytest.fixture
async def http(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url) as client:
        yield client


@pytest.mark.parametrize("path", ["/webhook", "/actions", "/nothing"])
@pytest.mark.parametrize("token", [None, "", "wrong", "ne"])
async def test_nobody_without_the_token(
    http: httpx.AsyncClient, path: str, token: str | None
) -> None:
    headers = {} if token is None else {HEADER: token}
    for method in ("GET", "POST"):
        answer = await http.request(method, path, headers=headers)
        assert answer.status_code in (403, 404, 405)
        assert "action_" not in answer.text
    answer = await http.post("/webhook", json=CALL, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("token", ["new", "old"])
async def test_each_token_counts(http: httpx.AsyncClient, token: str) -> None:
    answer = await http.get("/actions", headers={HEADER: token})
    assert answer.status_code == 200
    assert {"name": "validate_contact_form"} in answer.json()


async def test_health_needs_no_token(http: httpx.AsyncClient) -> None:
    assert (await http.get("/health")).json() == {"status": "ok"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"[[1, 2]]",
        b'{"next_action": 5}',
        b'{"next_action": "x", "tracker": null}',
        b'{"next_action": "x", "tracker": {"sender_id": 5, "slots": {}}}',
        b'{"next_action": "x", "tracker": {"sender_id": "a", "slots": {}, "events": [1]}}',
        b"[" * 100_000,
        b"\xff",
        b'{"next_action": "x", "tracker": {"sender_id": "\\ud800", "slots": {}}}',
        b'{"next_action": "x", "tracker": {"sender_id": "a", "slots": {"\\uDEAD": 1}}}',
        b'{"next_action": "x", "tracker": {"sender_id": "\xed\xa0\x80", "slots": {}}}',
    ],
)
async def test_what_is_no_action_call_is_refused(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("/webhook", content=body, headers={HEADER: "new"})
    assert answer.status_code == 422
    assert answer.json() == {"error": "This is not an action call."}


async def test_pairs_of_surrogates_are_characters(http: httpx.AsyncClient) -> None:
    slots = {"first_name": "\U0001f600"}
    call = {"next_action": "action_discard_contact", "tracker": {"sender_id": "a", "slots": slots}}
    body = json.dumps(call).encode()
    assert b"\\ud83d\\ude00" in body
    answer = await http.post("/webhook", content=body, headers={HEADER: "new"})
    assert answer.status_code != 422


async def test_a_failing_action_repeats_nothing_of_the_request(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("a secret of the visitor")

    monkeypatch.setattr("rasa_sdk.executor.ActionExecutor.run", fail)
    with caplog.at_level(logging.DEBUG):
        answer = await http.post("/webhook", json=CALL, headers={HEADER: "new"})
    assert (answer.status_code, answer.json()) == (500, {"error": "The action failed."})
    assert "secret" not in caplog.text


async def test_rasa_calls_with_the_token(url: str) -> None:
    actions = await ActionEndpoint(url, "new").request("get", "actions")
    assert {"name": "validate_contact_form"} in actions


async def test_a_call_ends_when_no_answer_comes() -> None:
    async def keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(keep_silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(Exception, match="no answer in time"):
        await ActionEndpoint(f"http://127.0.0.1:{port}", "new", seconds=0.1).request("post")
    server.close()


def test_tokens_follow_from_the_keys_and_a_new_key_keeps_the_old_one() -> None:
    both = action_tokens(Settings(contact_key=KEYS))
    assert len(set(both)) == 2
    assert action_tokens(Settings(contact_key=KEYS.split(",")[1])) == both[1:]
    assert not any(key in token for token in both for key in KEYS.split(","))


def test_a_token_of_ones_own_replaces_them() -> None:
    assert action_tokens(Settings(contact_key=KEYS, action_token="mine")) == ["mine"]
