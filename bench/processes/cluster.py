"""Processes of the assistant on one machine, behind nginx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.serving import assistant_server, free_port
from bench.processes.nginx import nginx


@contextmanager
def cluster(size: int, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run `size` processes until the block ends; yields the URL of nginx in front of them.

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
        for port in ports:
            stack.enter_context(assistant_server(port, environment, folder / f"{port}.log"))
        yield stack.enter_context(nginx(folder, free_port(), ports))
