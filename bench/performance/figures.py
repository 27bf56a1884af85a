"""What is measured, and the goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

GOALS = {
    "latency p50, ms": 1 / 4,
    "latency p99, ms": 1 / 3,
    "requests a second": 5.0,
    "start to first answer, s": 1 / 4,
    "resident memory, MB": 0.6,
}
"""The assistant's figure divided by the default's: at most this; for requests at least."""
_MORE_IS_BETTER = ("requests a second",)


@dataclass(frozen=True)
class Served:
    """How a running server answers."""

    seconds: Sequence[float]
    """Of each message, one sender asking after the other."""
    rate: float
    """Answers a second to several senders."""
    start: float
    """Seconds from the command to the first answer."""
    memory: float
    """Resident megabytes after all of it."""

    def figures(self) -> dict[str, float]:
        """Return the figures under the names of `GOALS`."""
        p50, p99 = np.percentile(self.seconds, (50, 99)) * 1000
        values = (float(p50), float(p99), self.rate, self.start, self.memory)
        return dict(zip(GOALS, values, strict=True))


def table(default: Served, assistant: Served) -> str:
    """Return a Markdown table of both, their ratio, the goal, and whether it is met."""
    lines = ["| | default | assistant | ratio | goal | met |", "|---|--:|--:|--:|--:|---|"]
    ours = assistant.figures()
    for name, theirs in default.figures().items():
        ratio = ours[name] / theirs
        met = ratio >= GOALS[name] if name in _MORE_IS_BETTER else ratio <= GOALS[name]
        cells = (name, f"{theirs:.1f}", f"{ours[name]:.1f}", f"{ratio:.2f}", f"{GOALS[name]:.2f}")
        lines.append(f"| {' | '.join(cells)} | {'yes' if met else 'no'} |")
    return "\n".join(lines)
