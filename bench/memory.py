"""Memory of a running process."""

from __future__ import annotations

import re
from pathlib import Path


def resident(pid: int) -> float:
    """Return the resident memory of a process and of those it started, in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found, "a running process has resident memory"  # noqa: S101
    children = [
        int(child)
        for file in Path(f"/proc/{pid}/task").glob("*/children")
        for child in file.read_text().split()
    ]
    return int(found[1]) / 1000 + sum(map(resident, children))
