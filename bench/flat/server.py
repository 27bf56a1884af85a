"""One assistant on a free loopback port, with a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.settings import ROOT

_START = 300.0  # seconds
_RASA = Path(sys.executable).with_name("rasa")


@contextmanager
def running(folder: Path, database_url: str) -> Iterator[tuple[str, int]]:
    """Yield the address and the process id of a server that answers until the block ends.

    Args:
        folder: where its key and its log go.
        database_url: its database; `sqlite://` is one in memory.

    Raises:
        RuntimeError: if it does not start.
    """
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "CONTACT_KEY_FILE": str(folder / "contact.key"),
        "ACTION_PORT": str(_free_port()),
    }
    command: list[str | Path] = [_RASA, "run", "--port", str(port), "--interface", "127.0.0.1"]
    log = folder / "assistant.log"
    with log.open("ab") as output:
        server = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/webhooks/rest/", server, log)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.get(url, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise RuntimeError(f"the assistant does not start:\n{log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
