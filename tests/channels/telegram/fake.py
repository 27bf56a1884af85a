"""A Bot API on loopback that enforces Telegram's limits, and the people who write to the bot."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import ValidationError

from tests.channels.telegram.rules import METHODS
from tests.http_server import Handler, serving

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
WAIT = 60.0  # seconds that a test waits for something to happen


@dataclass
class Call:
    """A call of the API as it came, and what it was answered."""

    method: str
    fields: dict[str, Any]
    status: int
    description: str
    at: float = field(default_factory=time.monotonic)


@dataclass
class Failure:
    """How the next call of a method goes wrong."""

    method: str
    status: int
    description: str = "Internal Server Error"
    retry_after: int | None = None
    after: int = 0
    """Calls that still go well."""


class FakeTelegram:
    """Answers calls of the API, and delivers updates as Telegram does."""

    def __init__(self, port: int = 0) -> None:
        self.url = ""
        self._port = port
        self.calls: list[Call] = []
        self.failures: list[Failure] = []
        self.delay: dict[int, float] = defaultdict(float)
        """Seconds that a call about a chat takes."""
        self.blocked: set[int] = set()
        self.webhook: dict[str, Any] = {}
        self._wrote: set[int] = set()
        self._open_queries: set[str] = set()
        self._news = threading.Condition()
        self._ids = itertools.count(1_000)

    @contextmanager
    def running(self) -> Iterator[FakeTelegram]:
        with serving(_handler(self), self._port) as server:
            self.url = server.url
            yield self

    def fail(
        self, method: str, status: int, *, after: int = 0, retry_after: int | None = None
    ) -> None:
        """Have a call of a method go wrong, the next one or a later one."""
        self.failures.append(Failure(method, status, retry_after=retry_after, after=after))

    # -- the API ------------------------------------------------------------------------------

    def answer(self, token: str, method: str, fields: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        time.sleep(self.delay[fields.get("chat_id", 0)])
        if failure := self._failure(method):
            status, description = failure.status, failure.description
        else:
            status, description = self._judge(token, method, fields)
        body: dict[str, Any] = {"ok": status == 200}
        if status == 200:
            body["result"] = self._result(method)
        else:
            body |= {"error_code": status, "description": description}
        if failure and failure.retry_after is not None:
            body["parameters"] = {"retry_after": failure.retry_after}
        with self._news:
            self.calls.append(Call(method, fields, status, description))
            if status == 200 and method == "setWebhook":
                self.webhook = fields
            self._news.notify_all()
        return status, body

    def _failure(self, method: str) -> Failure | None:
        failure = next((f for f in self.failures if f.method == method), None)
        if failure is None:
            return None
        if failure.after:
            failure.after -= 1
            return None
        self.failures.remove(failure)
        return failure

    def _judge(self, token: str, method: str, fields: dict[str, Any]) -> tuple[int, str]:
        if token != TOKEN:
            return 401, "Unauthorized"
        if method not in METHODS:
            return 404, "Not Found"
        try:
            METHODS[method].parse_obj(fields)
        except ValidationError as error:
            return 400, f"Bad Request: {error}"
        if method == "answerCallbackQuery":
            if fields["callback_query_id"] not in self._open_queries:
                return 400, "Bad Request: query is too old or query ID is invalid"
            self._open_queries.discard(fields["callback_query_id"])
        chat = fields.get("chat_id")
        if chat in self.blocked:
            return 403, "Forbidden: bot was blocked by the user"
        if chat is not None and chat not in self._wrote:
            return 403, "Forbidden: bot can't initiate conversation with a user"
        return 200, ""

    def _result(self, method: str) -> Any:
        return {"message_id": next(self._ids)} if method == "sendMessage" else True

    # -- the people ---------------------------------------------------------------------------

    def write(self, chat: int, text: str, **fields: Any) -> dict[str, Any]:
        """The update for a text in a private chat; `fields` add to the message."""
        return self.update(message=self.message(chat, text=text, **fields))

    def message(self, chat: int, language: str = "en", **fields: Any) -> dict[str, Any]:
        return {
            "message_id": next(self._ids),
            "from": person(chat, language),
            "chat": {"id": chat, "first_name": "Zebulon", "type": "private"},
            "date": int(time.time()),
            **fields,
        }

    def tap(self, chat: int, title: str, data: str | None = None) -> dict[str, Any]:
        """The update for a tap on the newest button of that title, or one with forged data."""
        if data is None:
            shown = [button for call in self.sent(chat) for button in buttons(call)]
            data = next(b["callback_data"] for b in reversed(shown) if b["text"] == title)
        query = str(next(self._ids))
        self._open_queries.add(query)
        return self.update(
            callback_query={
                "id": query,
                "from": person(chat),
                "message": {**self.message(chat), "text": "some answer", "date": 0},
                "chat_instance": "-3",
                "data": data,
            }
        )

    def update(self, **kind: Any) -> dict[str, Any]:
        for value in kind.values():
            chat = value.get("chat") or (value.get("message") or {}).get("chat") or {}
            self._wrote.add(chat.get("id", 0))
        return {"update_id": next(self._ids), **kind}

    def deliver(self, update: dict[str, Any]) -> int:
        """Send an update to the webhook once; returns the status."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        answer = httpx.post(self.webhook["url"], json=update, headers=headers, timeout=60)
        return answer.status_code

    def deliver_until_taken(self, update: dict[str, Any]) -> None:
        """Send an update again and again, as Telegram does, until it is acknowledged."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                if self.deliver(update) == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        raise AssertionError("the update was never acknowledged")

    # -- what came of it ----------------------------------------------------------------------

    def sent(self, chat: int) -> list[dict[str, Any]]:
        """The messages that arrived in a chat."""
        return [
            call.fields
            for call in list(self.calls)
            if (call.method, call.status, call.fields.get("chat_id")) == ("sendMessage", 200, chat)
        ]

    def texts(self, chat: int) -> str:
        return "\n".join(message["text"] for message in self.sent(chat))

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

    def refused(self) -> list[str]:
        """The calls that Telegram would not have taken from anybody: our mistakes."""
        return [f"{c.method}: {c.description}" for c in list(self.calls) if c.status == 400]

    def wait(self, happened: Callable[[], bool], seconds: float = WAIT) -> None:
        """Return once `happened()`; it is asked after each call of the API."""
        with self._news:
            assert self._news.wait_for(happened, seconds), self._story()

    def wait_for_messages(self, chat: int, number: int = 1) -> list[dict[str, Any]]:
        self.wait(lambda: len(self.sent(chat)) >= number)
        return self.sent(chat)

    async def messages(self, chat: int, number: int = 1) -> list[dict[str, Any]]:
        """`wait_for_messages` where the server runs on the test's own loop."""
        return await asyncio.to_thread(self.wait_for_messages, chat, number)

    def _story(self) -> str:
        calls = [f"{c.method} {c.status} {c.description} {c.fields}" for c in self.calls]
        return "it did not happen; these were the calls:\n" + "\n".join(calls)


def person(user: int, language: str = "en") -> dict[str, Any]:
    return {
        "id": user,
        "is_bot": False,
        "first_name": "Zebulon",
        "username": "zebulon",
        "language_code": language,
    }


def buttons(message: dict[str, Any]) -> list[dict[str, str]]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _handler(fake: FakeTelegram) -> type[Handler]:
    class BotApi(Handler):
        def do_POST(self) -> None:
            token, _, method = self.path.removeprefix("/bot").partition("/")
            status, answer = fake.answer(token, method, json.loads(self.body()))
            self.answer(status, json.dumps(answer).encode())

    return BotApi
