"""Serves a model on loopback and measures it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from assistant.serving import LOOPBACK, free_port, process, wait_for
from bench import warm
from bench.memory import resident
from bench.performance.figures import Served

_SENDERS = 8
_PATH = "/webhooks/rest/webhook"


def measure(
    command: Sequence[str], project: Path, model: Path, texts: Sequence[str], log: Path
) -> Served:
    """Serve a model, let it run warm, ask it `texts` one by one, then again at once.

    Args:
        command: Rasa's command, without arguments.
        project: the folder in which it runs.
        model: the trained model.
        texts: what is asked.
        log: where the server's output goes.

    Raises:
        NotStartedError: if the server does not start.
        http.client.HTTPException: if a message is not answered.
    """
    port = free_port()
    address = ["--port", str(port), "--interface", LOOPBACK]
    env = {
        "DATABASE_URL": f"sqlite:///{log.parent / 'bench.db'}",
        "CONTACT_KEY_FILE": str(log.parent / "contact.key"),
    }
    began = time.perf_counter()
    with process([*command, "run", "--model", str(model), *address], env, log, project) as server:
        wait_for(f"http://{LOOPBACK}:{port}/webhooks/rest/", server, log)
        visitor = _Visitor(port)
        visitor.ask("first", "hello")
        start = time.perf_counter() - began
        time.sleep(warm.SECONDS)
        seconds = [visitor.ask(f"one{i}", text) for i, text in enumerate(texts)]
        rate = _rate(port, texts)
        return Served(seconds, rate, start, resident(server.pid))


def _rate(port: int, texts: Sequence[str]) -> float:
    # Asked before, so that a memory would answer: a new word makes each text new.
    asked = [(f"many{i}", f"{text} {i}") for i, text in enumerate(texts)]

    def ask(own: Sequence[tuple[str, str]]) -> None:
        visitor = _Visitor(port)
        for sender, text in own:
            visitor.ask(sender, text)

    began = time.perf_counter()
    with ThreadPoolExecutor(_SENDERS) as pool:
        for _ in pool.map(ask, [asked[first::_SENDERS] for first in range(_SENDERS)]):
            pass
    return len(texts) / (time.perf_counter() - began)


class _Visitor:
    """A connection that stays open, with a client that takes little time of its own."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection(LOOPBACK, port, timeout=60)

    def ask(self, sender: str, text: str) -> float:
        """Return the seconds until the answer.

        Raises:
            HTTPException: if the message is not answered.
        """
        body = json.dumps({"sender": sender, "message": text})
        began = time.perf_counter()
        self._connection.request("POST", _PATH, body, {"content-type": "application/json"})
        response = self._connection.getresponse()
        response.read()
        took = time.perf_counter() - began
        if response.status != HTTPStatus.OK:
            raise HTTPException(f"{response.status} instead of an answer")
        return took
