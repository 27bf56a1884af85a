"""Two processes behind nginx, each of which a test may kill, stop and start again."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.serving import assistant_server, free_port
from bench.processes.nginx import nginx

# As bench/processes/nginx.py has them logged: sender, the processes that were asked, status.
_LINE = re.compile(r"^(?P<sender>\S*) (?P<asked>[\d.:, -]+) (?P<status>\d+)$")


class Pair:
    """Two processes of one clinic.

    Attributes:
        url: nginx in front of them.
        ports: where they listen themselves.
    """

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._folder = folder
        self._running: dict[int, ExitStack] = {}
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self.ports = (free_port(), free_port())
        self.nginx_port = free_port()
        self.url = f"http://127.0.0.1:{self.nginx_port}"
        self._env = {**env, "TELEGRAM_WEBHOOK_URL": self.url}

    def __enter__(self) -> Pair:
        for port in self.ports:
            self.start(port)
        return self

    def __exit__(self, *_: object) -> None:
        for port in list(self._running):
            self.stop(port)

    def start(self, port: int) -> None:
        """Start a process and return once it answers."""
        stack = ExitStack()
        log = self._folder / f"{port}.log"
        self._processes[port] = stack.enter_context(assistant_server(port, self._env, log))
        self._running[port] = stack

    def stop(self, port: int) -> None:
        """SIGTERM; returns once the process has ended."""
        self._running.pop(port).close()

    def kill(self, port: int) -> None:
        """SIGKILL, as when the machine's memory is full."""
        self._processes[port].kill()
        self._processes[port].wait()
        self.stop(port)

    def start_what_is_gone(self) -> None:
        """Have both run for the next test."""
        for port in self.ports:
            if port not in self._running:
                self.start(port)

    def other(self, port: int) -> int:
        """Return the port of the other process."""
        return next(one for one in self.ports if one != port)

    def answered(self, sender: str) -> list[int]:
        """Return the ports of the processes that answered a sender's requests, in order."""
        lines = (self._folder / "access.log").read_text("utf-8").splitlines()
        found = [line for line in map(_LINE.match, lines) if line and line["sender"] == sender]
        return [int(line["asked"].rpartition(":")[2]) for line in found]

    def said(self, port: int) -> str:
        """Return the log of a process."""
        return (self._folder / f"{port}.log").read_text("utf-8")


@contextmanager
def pair(folder: Path, env: dict[str, str]) -> Iterator[Pair]:
    """Run two processes and nginx until the block ends.

    Raises:
        assistant.serving.NotStartedError: if a process does not start.
    """
    with Pair(folder, env) as two, nginx(folder, two.nginx_port, two.ports):
        yield two
