"""What the webhook takes, what it refuses, and what it tells Telegram."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from assistant.channels.queue import QueueUnavailable
from assistant.channels.queue.runner import configured_table
from assistant.channels.telegram import typing_sign
from tests.channels.conftest import Server
from tests.channels.telegram.conftest import SECRET, WEBHOOK, Hook
from tests.channels.telegram.fake import FakeTelegram

ANN = 6_000_000_001  # wider than 32 bits, as new users' ids are


async def test_answers_in_the_chat_of_the_message(
    hook: Hook, telegram: FakeTelegram, server: Server
) -> None:
    answer = await hook(telegram.write(ANN, "hello"))
    assert answer.status_code == 200
    (message,) = await telegram.messages(ANN)
    assert message["text"] == "You said: hello\n\nAnything more?"
    (seen,) = server.agent.seen
    assert (seen.sender_id, seen.input_channel) == (f"telegram:{ANN}", "telegram")


async def test_acknowledges_before_the_answer(
    hook: Hook, telegram: FakeTelegram, server: Server
) -> None:
    answer = await hook(telegram.write(ANN, "wait"))
    assert answer.status_code == 200
    assert not telegram.sent(ANN)
    server.agent.go_on.set()
    await telegram.messages(ANN)


async def test_an_update_delivered_twice_is_answered_once(
    hook: Hook, telegram: FakeTelegram, server: Server
) -> None:
    update = telegram.write(ANN, "hello")
    statuses = [(await hook(update)).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    await hook(telegram.write(ANN, "goodbye"))
    await telegram.messages(ANN, 2)
    assert [message.text for message in server.agent.seen] == ["hello", "goodbye"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "geheimnis-ü"])
async def test_without_the_secret_nothing_is_read(
    hook: Hook, telegram: FakeTelegram, server: Server, secret: str | None
) -> None:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    answer = await server.http.post(WEBHOOK, json=telegram.write(ANN, "hello"), headers=headers)
    assert answer.status_code == 403
    await hook(telegram.write(ANN, "hi"))
    await telegram.messages(ANN)
    assert [message.text for message in server.agent.seen] == ["hi"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"[[1, 2]]",
        b"null",
        b'"hello"',
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "x"}',
        b'{"update_id": 1, "message": "hello"}',
        b'{"update_id": 1, "message": {"text": "hello"}}',
        b'{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 5}, "text": "hello"}}',
        b'{"update_id": 1, "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, '
        b'"from": {"id": 5}, "text": ["hello"]}}',
        b'{"update_id": 1, "callback_query": {"data": "x"}}',
        b"[" * 100_000,
    ],
)
async def test_malformed_updates_are_a_clear_error(hook: Hook, body: bytes) -> None:
    answer = await hook.post(body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert "Traceback" not in answer.text


async def test_a_body_that_is_too_large_is_refused(hook: Hook, telegram: FakeTelegram) -> None:
    update = telegram.write(ANN, "x" * 300_000)
    assert (await hook(update)).status_code == 413


async def test_the_longest_message_that_telegram_allows_fits(
    hook: Hook, telegram: FakeTelegram
) -> None:
    long = "\U0001f642" * 2_048
    update = telegram.write(ANN, long, reply_to_message=telegram.message(ANN, text=long))
    assert len(json.dumps(update)) > 49_000
    assert (await hook(update)).status_code == 200
    (message,) = await telegram.messages(ANN)
    assert "too long" in message["text"]


async def test_telegram_is_asked_to_deliver_again_what_could_not_be_stored(
    hook: Hook, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = telegram.write(ANN, "hello")
    with monkeypatch.context() as away:

        def put(*_: object, **__: object) -> None:
            raise QueueUnavailable

        away.setattr(configured_table(), "put", put)
        assert (await hook(update)).status_code == 503
    assert (await hook(update)).status_code == 200
    await telegram.messages(ANN)


async def test_nothing_of_a_visitor_is_logged(
    hook: Hook, telegram: FakeTelegram, capfd: pytest.CaptureFixture[str]
) -> None:
    update = telegram.write(ANN, "raise my hidden words")
    await hook(update)
    await telegram.messages(ANN)
    broken: dict[str, Any] = {"update_id": 1, "message": {"text": "my hidden words"}}
    await hook(broken)
    logged = "".join(capfd.readouterr())
    assert "RuntimeError" in logged
    for private in ("hidden words", str(ANN), "Zebulon", telegram.url + "/bot"):
        assert private not in logged


async def test_messages_of_one_visitor_keep_their_order_and_hold_up_nobody_else(
    hook: Hook, telegram: FakeTelegram, server: Server
) -> None:
    bob = ANN + 1
    await hook(telegram.write(ANN, "wait"))
    await server.agent.waiting.wait()
    await hook(telegram.write(ANN, "second"))
    await hook(telegram.write(bob, "hello"))
    await telegram.messages(bob)
    assert not telegram.sent(ANN)
    server.agent.go_on.set()
    first, second = await telegram.messages(ANN, 2)
    assert first["text"].startswith("You said: wait")
    assert second["text"].startswith("You said: second")


async def test_slow_turns_show_typing(
    hook: Hook, telegram: FakeTelegram, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hook(telegram.write(ANN, "hello"))
    await telegram.messages(ANN)
    assert not telegram.called("sendChatAction")
    monkeypatch.setattr(typing_sign, "AFTER", 0.05)
    await hook(telegram.write(ANN, "wait"))
    await asyncio.to_thread(telegram.wait, lambda: bool(telegram.called("sendChatAction")))
    assert len(telegram.sent(ANN)) == 1
    server.agent.go_on.set()
    await telegram.messages(ANN, 2)
