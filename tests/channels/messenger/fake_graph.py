"""A strict Graph API on loopback, over real HTTP, in a thread of its own."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.channels.messenger.rules import (
    GraphError,
    error,
    problem_with_profile,
    problem_with_send,
)
from tests.http_server import Handler, serving

PAGE_TOKEN = "page-token-that-stays-secret"
APP_SECRET = "app-secret-that-stays-secret"
VERIFY_TOKEN = "verify-token-that-stays-secret"
_PATH = re.compile(r"/v\d+\.\d+/me/(messages|messenger_profile)")

OUTSIDE_WINDOW = (400, error(10, "(#10) This message is sent outside of allowed window.", 2018278))
BLOCKED = (400, error(551, "(#551) This person isn't available right now.", 1545041))
DOWN = (503, error(2, "Service temporarily unavailable"))


class FakeGraph:
    """What was sent to it, and how it shall behave."""

    def __init__(self) -> None:
        self.url = ""
        self.messages: list[tuple[str, dict[str, Any]]] = []
        self.actions: list[tuple[str, str]] = []
        self.profile: dict[str, Any] = {}
        self.violations: list[str] = []
        self.calls = 0
        self.message_calls: dict[str, int] = defaultdict(int)
        # By person, for each message from the first: how it fails, or None.
        self.failures: dict[str, list[tuple[int, GraphError] | None]] = defaultdict(list)
        self.always: tuple[int, GraphError] | None = None
        self.slow: dict[str, float] = {}
        self.released = threading.Event()
        self._news = threading.Condition()

    def texts(self, person: str) -> list[str]:
        return [message["text"] for to, message in self.messages if to == person]

    def until(self, is_so: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait for something that was sent; fail when it does not come."""
        with self._news:
            assert self._news.wait_for(is_so, seconds), f"did not come; there is {self.messages}"

    def answer(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self._news:
            self.calls += 1
        wrong = self._credentials(body)
        match = _PATH.fullmatch(path)
        if wrong or not match:
            self.violations.append(f"{path}: {wrong}")
            return 400, {"error": wrong or error(2500, "Unknown path components")}
        if match[1] == "messenger_profile":
            return self._set_profile(body)
        return self._send(body)

    def _credentials(self, body: dict[str, Any]) -> GraphError | None:
        if body.pop("access_token", None) != PAGE_TOKEN:
            return error(190, "Invalid OAuth access token.")
        proof = hmac.new(APP_SECRET.encode(), PAGE_TOKEN.encode(), hashlib.sha256).hexdigest()
        if body.pop("appsecret_proof", None) != proof:
            return error(100, "Invalid appsecret_proof provided in the API argument")
        return None

    def _set_profile(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.always:
            return self.always[0], {"error": self.always[1]}
        if problem := problem_with_profile(body):
            self.violations.append(problem)
            return 400, {"error": error(100, problem)}
        self.profile = body
        return 200, {"result": "success"}

    def _send(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if problem := problem_with_send(body):
            self.violations.append(problem)
            return 400, {"error": error(100, problem)}
        person = body["recipient"]["id"]
        if seconds := self.slow.get(person):
            self.released.wait(seconds)
        with self._news:
            failed = self._failure(person, is_message="message" in body)
            if failed is None and "message" in body:
                self.messages.append((person, body["message"]))
            elif failed is None:
                self.actions.append((person, body["sender_action"]))
            self._news.notify_all()
        if failed:
            return failed[0], {"error": failed[1]}
        return 200, {"recipient_id": person, "message_id": f"m_{self.calls}"}

    def _failure(self, person: str, *, is_message: bool) -> tuple[int, GraphError] | None:
        if is_message:
            self.message_calls[person] += 1
            if self.failures[person]:
                return self.failures[person].pop(0)
        return self.always


@contextmanager
def running_graph() -> Iterator[FakeGraph]:
    """A fake that listens until the block ends; everything it refused fails the test."""
    graph = FakeGraph()

    class GraphApi(Handler):
        def do_POST(self) -> None:
            status, answer = graph.answer(self.path, json.loads(self.body()))
            self.answer(status, json.dumps(answer).encode())

    with serving(GraphApi) as server:
        graph.url = server.url
        try:
            yield graph
        finally:
            graph.released.set()
    assert graph.violations == []
