"""Processes of the assistant on one machine, behind nginx."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.serving import assistant_server, free_port
from bench.processes.nginx import nginx

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cluster:
    """What runs.

    Attributes:
        url: nginx in front of the processes.
        pids: the processes.
    """

    url: str
    pids: tuple[int, ...]

    def processor_seconds(self) -> float:
        """Return how long the processes have computed so far, all threads together."""
        return sum(map(_processor_seconds, self.pids))


def _processor_seconds(pid: int) -> float:
    # The name of the program, in brackets, may have blanks; utime and stime are the 14th and 15th.
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def cluster(size: int, folder: Path, environment: Mapping[str, str]) -> Iterator[Cluster]:
    """Run `size` processes behind nginx until the block ends.

    Args:
        size: number of processes.
        folder: for logs and nginx's files.
        environment: their settings.

    Raises:
        NotStartedError: if one of them does not start.
        FileNotFoundError: if nginx is not installed.
    """
    ports = [free_port() for _ in range(size)]
    with ExitStack() as stack:
        running = [
            stack.enter_context(assistant_server(port, environment, folder / f"{port}.log"))
            for port in ports
        ]
        url = stack.enter_context(nginx(folder, free_port(), ports))
        yield Cluster(url, tuple(process.pid for process in running))
