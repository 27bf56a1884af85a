"""Serves a model on loopback and asks it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from assistant.serving import LOOPBACK, free_port, process, wait_for
from bench.memory import resident

_SENDERS = 8
_PATH = "/webhooks/rest/webhook"


class Server:
    """A server that answers; each of its visitors says one message."""

    def __init__(self, port: int, pid: int) -> None:
        """Describe what runs already."""
        self._port = port
        self._pid = pid
        self._visitor = _Visitor(port)

    def seconds(self, texts: Sequence[str]) -> list[float]:
        """Return how long each of `texts` takes, one asked after the other.

        Raises:
            http.client.HTTPException: if a message is not answered.
        """
        return [self._visitor.ask(text) for text in texts]

    def seconds_at_once(self, texts: Sequence[str]) -> float:
        """Return how long all of `texts` take, asked by eight; errors as `seconds`."""
        began = time.perf_counter()
        with ThreadPoolExecutor(_SENDERS) as pool:
            for _ in pool.map(self._ask_all, [texts[first::_SENDERS] for first in range(_SENDERS)]):
                pass
        return time.perf_counter() - began

    def megabytes(self) -> float:
        """Return the resident memory of all its processes."""
        return resident(self._pid)

    def _ask_all(self, texts: Sequence[str]) -> None:
        visitor = _Visitor(self._port)
        for text in texts:
            visitor.ask(text)


@contextmanager
def served(
    command: Sequence[str], project: Path, model: Path, folder: Path
) -> Iterator[tuple[Server, float]]:
    """Serve a model, and yield the server with the seconds until its first answer.

    Args:
        command: Rasa's command, without arguments.
        project: the folder in which it runs.
        model: the trained model.
        folder: where its database and its log go.

    Raises:
        NotStartedError: if the server does not start.
        http.client.HTTPException: if the first message is not answered.
    """
    port = free_port()
    address = ["--port", str(port), "--interface", LOOPBACK]
    env = {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "CONTACT_KEY_FILE": str(folder / "contact.key"),
    }
    log = folder / "server.log"
    began = time.perf_counter()
    with process([*command, "run", "--model", str(model), *address], env, log, project) as running:
        wait_for(f"http://{LOOPBACK}:{port}/webhooks/rest/", running, log)
        server = Server(port, running.pid)
        server.seconds(["hello"])
        yield server, time.perf_counter() - began


class _Visitor:
    """A connection that stays open, with a client that takes little time of its own."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection(LOOPBACK, port, timeout=60)
        self._said = 0

    def ask(self, text: str) -> float:
        self._said += 1
        sender = f"visitor-{id(self)}-{self._said}"
        body = json.dumps({"sender": sender, "message": text})
        began = time.perf_counter()
        self._connection.request("POST", _PATH, body, {"content-type": "application/json"})
        response = self._connection.getresponse()
        response.read()
        took = time.perf_counter() - began
        if response.status != HTTPStatus.OK:
            raise HTTPException(f"{response.status} instead of an answer")
        return took
