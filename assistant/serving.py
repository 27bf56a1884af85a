"""The project's servers on free loopback ports: for the shell, the benches and the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx

from assistant.settings import ROOT

LOOPBACK = "127.0.0.1"
_START = 300.0  # seconds, on a busy machine; a quarter of a minute on an idle one
_END = 60.0  # seconds: turns under way and open connections are finished first
_SAID = 4000  # characters of a log that an error repeats


class NotStartedError(Exception):
    """A server died or never answered; the message ends with what it said."""


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(
    command: Sequence[str | Path], env: Mapping[str, str], log: Path, folder: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command in `folder` until the block ends.

    Args:
        command: the program and its arguments.
        env: variables beside those of this process.
        log: a file to which its output is added.
        folder: where it runs.
    """
    with log.open("ab") as output:
        running = subprocess.Popen(  # noqa: S603
            command, cwd=folder, env={**os.environ, **env}, stdout=output, stderr=output
        )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(_END)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait_for(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Return once `url` answers.

    Raises:
        NotStartedError: if the process has ended, or there is no answer within five minutes.
    """
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and running.poll() is None:
        try:
            httpx.get(url, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise NotStartedError(f"{url} does not answer:\n{log.read_text('utf-8')[-_SAID:]}")


def action_server(
    port: int, env: Mapping[str, str], log: Path
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """The action server, ready, until the block ends.

    Raises:
        NotStartedError: if it does not start.
    """
    command = [sys.executable, "-m", "actions.server"]
    url = f"http://{LOOPBACK}:{port}/health"
    return _ready(command, {**env, "ACTION_PORT": str(port)}, log, url)


def assistant_server(
    port: int, env: Mapping[str, str], log: Path
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """The assistant, ready, until the block ends.

    Raises:
        NotStartedError: if it does not start.
    """
    command = [sys.executable, "-m", "assistant.rasa", "run"]
    address = ["--port", str(port), "--interface", LOOPBACK]
    url = f"http://{LOOPBACK}:{port}/"
    return _ready([*command, *address], {**env, "PORT": str(port)}, log, url)


@contextmanager
def _ready(
    command: Sequence[str], env: Mapping[str, str], log: Path, url: str
) -> Iterator[subprocess.Popen[bytes]]:
    with process(command, env, log) as running:
        wait_for(url, running, log)
        yield running
