"""What breaks in the middle of a conversation: what the visitor sees, and what is kept."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.serving import action_server, assistant_server, free_port
from tests.rest_visitor import RestVisitor

pytestmark = pytest.mark.server
Process = subprocess.Popen[bytes]
Say = Callable[[str], str]
CRISIS = "i want to kill myself"
METRICS_TOKEN = "metrics-token"


@pytest.fixture(scope="module")
def actions(env: dict[str, str], logs: Path) -> Iterator[Process]:
    with action_server(int(env["ACTION_PORT"]), env, logs / "actions.log") as running:
        yield running


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def assistant(
    trained_model: Path, env: dict[str, str], logs: Path, port: int, actions: Process
) -> Iterator[Process]:
    own = {**env, "PORT": str(port), "NLU_PROCESS": "true", "METRICS_TOKEN": METRICS_TOKEN}
    with assistant_server(port, own, logs / "assistant.log") as running:
        yield running


@pytest.fixture
def visitor(port: int, assistant: Process) -> Callable[[], Say]:
    """Makes visitors: `ann = visitor()`, `ann("hello")` returns what comes back."""
    return lambda: RestVisitor(f"http://127.0.0.1:{port}").say


def database(env: dict[str, str]) -> Path:
    return Path(env["DATABASE_URL"].removeprefix("sqlite:///"))


def open_requests(env: dict[str, str]) -> int:
    with sqlite3.connect(database(env)) as connection:
        query = "select count(*) from contact_requests where status = 'open'"
        return int(connection.execute(query).fetchone()[0])


@contextmanager
def hanging(process: Process) -> Iterator[None]:
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    holder = sqlite3.connect(file, isolation_level=None, timeout=30)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


@contextmanager
def full_disk(*processes: Process) -> Iterator[None]:
    """Have every write of the processes fail that would make a file larger than 1 kB."""
    for process in processes:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        for process in processes:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)


def until_ready(port: int, status: int) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = httpx.get(f"http://127.0.0.1:{port}/ready", timeout=10)
        if answer.status_code == status:
            found: dict[str, Any] = answer.json()
            return found
    raise AssertionError(f"/ready never answered {status}")


def second_process(assistant: Process, port: int) -> int:
    """The number of the process that judges messages, once it does."""
    headers = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        metrics = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=headers, timeout=10).text
        if "assistant_nlu_process 1.0" in metrics:
            children = Path(f"/proc/{assistant.pid}/task/{assistant.pid}/children").read_text()
            (pid,) = children.split()
            return int(pid)
        time.sleep(0.1)
    raise AssertionError("no second process takes messages")


def others_are_served(visitor: Callable[[], Say]) -> None:
    assert "Source: our article" in visitor()("what is ketamine")
    assert "988" in visitor()(CRISIS)


def finish(say: Say, *answers: str) -> None:
    for answer in answers:
        say(answer)
    assert "code" in say("yes")


def test_the_log_has_json_lines_only(visitor: Callable[[], Say], logs: Path) -> None:
    visitor()("hello")
    lines = (logs / "assistant.log").read_text().splitlines()
    own = [line for line in lines if "Rasa server is up" in line]
    assert own
    assert all(json.loads(line)["level"] == "info" for line in own)


def test_a_second_process_that_dies_or_hangs_costs_no_answer(
    visitor: Callable[[], Say], assistant: Process, port: int
) -> None:
    ann = visitor()
    first = second_process(assistant, port)
    os.kill(first, signal.SIGKILL)
    assert "Source: our article" in ann("what is ketamine")
    assert "988" in visitor()(CRISIS)
    second = second_process(assistant, port)
    assert second != first
    os.kill(second, signal.SIGSTOP)
    began = time.monotonic()
    assert "Source: our article" in ann("what are the side effects")
    assert time.monotonic() - began < 10, "it was given up after 5 seconds"
    others_are_served(visitor)
    assert second_process(assistant, port) != second


def test_a_hanging_action_server_costs_seconds_and_no_answer(
    visitor: Callable[[], Say], actions: Process, env: dict[str, str]
) -> None:
    ann = visitor()
    assert "first name" in ann("please have someone call me back")
    before = open_requests(env)
    with hanging(actions):
        begun = time.monotonic()
        assert "clinic" in ann("Marcus")
        # A turn that nothing else ends is given up after 30 seconds.
        assert time.monotonic() - begun < 20
        others_are_served(visitor)
    finish(ann, "Marcus", "480 555 0117", "afternoons")
    assert open_requests(env) == before + 1


def test_a_locked_database_costs_words_and_no_answer(
    visitor: Callable[[], Say], port: int, env: dict[str, str]
) -> None:
    ann = visitor()
    ann("please have someone call me back")
    ann("Marcus")
    before = open_requests(env)
    with locked(database(env)):
        ann("480 555 0117")
        others_are_served(visitor)
        assert until_ready(port, 503)["reason"] == "The database cannot be used."
    until_ready(port, 200)
    ben = visitor()
    ben("please have someone call me back")
    finish(ben, "Ben", "480 555 0118", "mornings")
    assert open_requests(env) == before + 1


def test_a_full_disk_loses_nothing_that_was_accepted(
    visitor: Callable[[], Say], assistant: Process, actions: Process, env: dict[str, str]
) -> None:
    ann = visitor()
    ann("please have someone call me back")
    finish(ann, "Ann", "480 555 0119", "mornings")
    before = open_requests(env)
    with full_disk(assistant, actions):
        assert "code" not in visitor()("please have someone call me back")
        others_are_served(visitor)
    assert open_requests(env) == before
    ben = visitor()
    ben("please have someone call me back")
    finish(ben, "Ben", "480 555 0118", "mornings")
    assert open_requests(env) == before + 1


def test_an_accepted_request_outlives_a_killed_action_server(
    visitor: Callable[[], Say], actions: Process, env: dict[str, str]
) -> None:
    """Comes after the tests that need the server."""
    ann = visitor()
    ann("please have someone call me back")
    finish(ann, "Zoe", "480 555 0117", "afternoons")
    accepted = open_requests(env)
    ben = visitor()
    ben("please have someone call me back")
    actions.kill()
    actions.wait()
    assert "clinic" in ben("Ben")
    others_are_served(visitor)
    assert open_requests(env) == accepted


def test_sigterm_finishes_the_turn_under_way(
    visitor: Callable[[], Say], assistant: Process, env: dict[str, str]
) -> None:
    """Comes last: it ends the assistant."""
    with socket.create_server(("127.0.0.1", int(env["ACTION_PORT"]))) as silent:
        silent.settimeout(60)
        answers: list[str] = []
        asking = threading.Thread(
            target=lambda: answers.append(visitor()("please have someone call me back"))
        )
        asking.start()
        connection, _ = silent.accept()
        assistant.send_signal(signal.SIGTERM)
        asking.join(60)
        connection.close()
    assert answers
    assert "clinic" in answers[0]
    assert assistant.wait(60) == 0
