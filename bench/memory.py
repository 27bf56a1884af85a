"""Memory of a running process."""

from __future__ import annotations

import re
from pathlib import Path


def resident(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found, "a running process has resident memory"  # noqa: S101
    return int(found[1]) / 1000
