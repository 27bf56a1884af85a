"""Starts and ends the project's real processes on free loopback ports."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.settings import ROOT

RASA = Path(sys.executable).with_name("rasa")
_START_SECONDS = 300  # on a busy machine; half a minute on an idle one


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_environment(folder: Path) -> dict[str, str]:
    """Environment variables that keep a test's data and ports apart from everything else."""
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'clinic.db'}",
        "CONTACT_KEY_FILE": str(folder / "contact.key"),
        "ACTION_PORT": str(free_port()),
        "QUEUE_LEASE": "15",  # seconds: what a killed server leaves is taken over soon
    }


@contextmanager
def process(
    command: list[str | Path], env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the project until the block ends; its output goes to `log`."""
    with log.open("ab") as output:
        running = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **env}, stdout=output, stderr=output
        )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait_for(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Return once `url` answers; fail with the process's output when it died or never answers."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if running.poll() is not None:
            break
        try:
            httpx.get(url, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer:\n{log.read_text()[-4000:]}")


@contextmanager
def action_server(
    port: int, env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """The action server on loopback, ready."""
    command: list[str | Path] = [sys.executable, "-m", "actions.server"]
    with process(command, {**env, "ACTION_PORT": str(port)}, log) as running:
        wait_for(f"http://127.0.0.1:{port}/health", running, log)
        yield running


@contextmanager
def assistant_server(
    port: int, env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """`rasa run` on loopback, ready."""
    command: list[str | Path] = [RASA, "run", "--port", str(port), "--interface", "127.0.0.1"]
    with process(command, env, log) as running:
        wait_for(f"http://127.0.0.1:{port}/", running, log)
        yield running
