"""Processes of the assistant on one machine, behind nginx."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from assistant.settings import ROOT
from bench.processes.nginx import nginx

_RASA = Path(sys.executable).with_name("rasa")
_START = 300.0  # seconds


@contextmanager
def cluster(size: int, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run `size` processes until the block ends; yields the URL of nginx in front of them.

    Args:
        size: number of processes.
        folder: for logs and nginx's files.
        environment: their settings.

    Raises:
        RuntimeError: if one of them does not start.
        FileNotFoundError: if nginx is not installed.
    """
    ports = [_free_port() for _ in range(size)]
    with ExitStack() as stack:
        running = [stack.enter_context(_assistant(port, folder, environment)) for port in ports]
        for process, port in zip(running, ports, strict=True):
            _wait_for(port, process, folder)
        yield stack.enter_context(nginx(folder, _free_port(), ports))


@contextmanager
def _assistant(
    port: int, folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(_RASA), "run", "--port", str(port), "--interface", "127.0.0.1"]
    env = {**os.environ, **environment, "PORT": str(port)}
    with (folder / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/webhooks/rest/", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError((folder / f"{port}.log").read_text(encoding="utf-8")[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
