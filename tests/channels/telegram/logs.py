"""Waits for what a process has to say."""

from __future__ import annotations

import time
from pathlib import Path

WAIT = 60.0  # seconds


def wait_for_line(log: Path, words: str) -> None:
    """Return once `words` stand in `log`."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        if words in log.read_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"{words!r} does not stand in {log}:\n{log.read_text()[-4000:]}")
