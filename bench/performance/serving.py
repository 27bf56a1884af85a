"""Serves a model on loopback and measures it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from bench.performance.figures import Served

_RASA = Path(sys.executable).with_name("rasa")
_START = 300.0  # seconds
_SENDERS = 8


class NotServedError(Exception):
    """The server does not answer; the message ends with what it said."""


def measure(project: Path, model: Path, texts: Sequence[str], log: Path) -> Served:
    """Serve `model` from the folder `project`, ask `texts` one by one, then again at once.

    Raises:
        NotServedError: if there is no answer within five minutes.
    """
    port = _free_port()
    address = ["--port", str(port), "--interface", "127.0.0.1"]
    command = [str(_RASA), "run", "--model", str(model), *address]
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{log.parent / 'bench.db'}",
        "CONTACT_KEY_FILE": str(log.parent / "contact.key"),
    }
    began = time.perf_counter()
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=project, env=environment, stdout=out, stderr=out)  # noqa: S603
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            _wait(client, server, log)
            start = time.perf_counter() - began
            seconds = [_ask(client, f"one{i}", text) for i, text in enumerate(texts)]
            rate = _rate(client, texts)
        return Served(seconds, rate, start, resident(server.pid))
    finally:
        server.terminate()
        server.wait(60)


def resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found, "a running process has resident memory"  # noqa: S101
    return int(found[1]) / 1000


def _rate(client: httpx.Client, texts: Sequence[str]) -> float:
    # Asked before, so that an encoder's memory would answer: a new word makes each text new.
    began = time.perf_counter()
    with ThreadPoolExecutor(_SENDERS) as pool:
        asked = [pool.submit(_ask, client, f"many{i}", f"{t} {i}") for i, t in enumerate(texts)]
        for one in asked:
            one.result()
    return len(texts) / (time.perf_counter() - began)


def _ask(client: httpx.Client, sender: str, text: str) -> float:
    began = time.perf_counter()
    body = {"sender": sender, "message": text}
    client.post("/webhooks/rest/webhook", json=body).raise_for_status()
    return time.perf_counter() - began


def _wait(client: httpx.Client, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            _ask(client, "first", "hello")
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise NotServedError(log.read_text(encoding="utf-8")[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
