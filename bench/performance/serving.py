"""Serves a model on loopback and measures it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from assistant.serving import LOOPBACK, free_port, process, wait_for
from bench.memory import resident
from bench.performance.figures import Served

_SENDERS = 8


def measure(
    command: Sequence[str], project: Path, model: Path, texts: Sequence[str], log: Path
) -> Served:
    """Serve a model, ask it `texts` one by one, then again at once.

    Args:
        command: Rasa's command, without arguments.
        project: the folder in which it runs.
        model: the trained model.
        texts: what is asked.
        log: where the server's output goes.

    Raises:
        NotStartedError: if the server does not start.
        httpx.HTTPError: if a message is not answered.
    """
    port = free_port()
    address = ["--port", str(port), "--interface", LOOPBACK]
    env = {
        "DATABASE_URL": f"sqlite:///{log.parent / 'bench.db'}",
        "CONTACT_KEY_FILE": str(log.parent / "contact.key"),
    }
    began = time.perf_counter()
    with (
        process([*command, "run", "--model", str(model), *address], env, log, project) as server,
        httpx.Client(base_url=f"http://{LOOPBACK}:{port}", timeout=60) as client,
    ):
        wait_for(f"{client.base_url}/webhooks/rest/", server, log)
        _ask(client, "first", "hello")
        start = time.perf_counter() - began
        seconds = [_ask(client, f"one{i}", text) for i, text in enumerate(texts)]
        rate = _rate(client, texts)
        return Served(seconds, rate, start, resident(server.pid))


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
