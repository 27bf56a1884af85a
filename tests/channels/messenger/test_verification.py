"""Who may set the webhook, and whose notifications are read."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from tests.channels.conftest import Server
from tests.channels.messenger import meta
from tests.channels.messenger.conftest import Comes
from tests.channels.messenger.fake_graph import APP_SECRET, VERIFY_TOKEN, FakeGraph

ASKED = {
    "hub.mode": "subscribe",
    "hub.verify_token": VERIFY_TOKEN,
    "hub.challenge": "1158201444 <b>",
}


def digest(algorithm: str, content: bytes) -> str:
    return hmac.new(APP_SECRET.encode(), content, getattr(hashlib, algorithm)).hexdigest()


async def test_challenge_comes_back_as_plain_text(server: Server) -> None:
    answer = await server.http.get(meta.PATH, params=ASKED)
    assert (answer.status_code, answer.text) == (200, ASKED["hub.challenge"])
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "guess"},
        {"hub.verify_token": VERIFY_TOKEN[:-1]},
        {"hub.verify_token": "é"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
    ],
)
async def test_nobody_else_sets_the_webhook(server: Server, wrong: dict[str, str]) -> None:
    answer = await server.http.get(meta.PATH, params={**ASKED, **wrong})
    assert answer.status_code == 403
    assert "1158201444" not in answer.text


async def test_a_bare_look_is_refused(server: Server) -> None:
    assert (await server.http.get(meta.PATH)).status_code == 403


CONTENT = meta.body(meta.entry(meta.message("7", "hello")))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature": f"sha1={digest('sha1', CONTENT)}"},
        {"x-hub-signature-256": f"sha1={digest('sha1', CONTENT)}"},
        {"x-hub-signature-256": f"md5={digest('md5', CONTENT)}"},
        {"x-hub-signature-256": digest("sha256", CONTENT)},
        {"x-hub-signature-256": f"sha256={digest('sha256', CONTENT)[:-1]}"},
        {"x-hub-signature-256": "sha256="},
        meta.signature(CONTENT, "another secret"),
        meta.signature(CONTENT, ""),
        meta.signature(CONTENT + b" "),
    ],
    ids=[
        "none", "sha1", "sha1 as 256", "md5", "bare", "short", "empty", "other secret", "no secret",
        "other body",
    ],
)  # fmt: skip
async def test_a_bad_signature_is_refused(
    server: Server, graph: FakeGraph, headers: dict[str, str]
) -> None:
    answer = await server.http.post(meta.PATH, content=CONTENT, headers=headers)
    assert (answer.status_code, set(answer.json())) == (403, {"error"})
    assert not server.agent.seen
    assert not graph.calls


async def test_the_raw_body_is_what_is_signed(
    server: Server, graph: FakeGraph, comes: Comes
) -> None:
    content = CONTENT.replace(b"hello", rb"caf\u00e9  ").replace(b"{", b"{ \n")
    answer = await server.http.post(meta.PATH, content=content, headers=meta.signature(content))
    assert answer.status_code == 200
    await comes(lambda: "café" in "".join(graph.texts("7")))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"[]", b"[[1, 2]]", b'"page"', b"[" * 60_000, b"\xff\xfe", b"{}",
        b'{"object": "page"}', b'{"object": "page", "entry": 7}',
        b'{"object": "page", "entry": [{"messaging": {}}]}', b'{"object": "page", "entry": [7]}',
    ],
    ids=lambda content: repr(content[:30]),
)  # fmt: skip
async def test_what_is_malformed_is_told_so(server: Server, content: bytes) -> None:
    answer = await server.http.post(meta.PATH, content=content, headers=meta.signature(content))
    assert (answer.status_code, set(answer.json())) == (400, {"error"})


async def test_two_megabytes_are_refused(server: Server) -> None:
    content = meta.body(meta.entry(meta.message("7", "a" * 2_000_000)))
    answer = await server.http.post(meta.PATH, content=content, headers=meta.signature(content))
    assert (answer.status_code, set(answer.json())) == (413, {"error"})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_other_methods_are_refused(server: Server, method: str) -> None:
    answer = await server.http.request(method, meta.PATH)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


async def test_another_product_of_the_same_app_is_none_of_ours(server: Server) -> None:
    content = CONTENT.replace(b'"page"', b'"instagram"')
    answer = await server.http.post(meta.PATH, content=content, headers=meta.signature(content))
    assert answer.status_code == 200
    assert not server.agent.seen
