from __future__ import annotations

import os

from bench.memory import resident
from bench.performance.figures import Served, table

DEFAULT = Served([0.02] * 99 + [0.06], rate=30, start=60, memory=1000)


def test_a_ratio_is_the_assistants_figure_by_the_defaults() -> None:
    ours = Served([0.004] * 100, rate=180, start=30, memory=500)
    rows = {line.split(" | ")[0].strip("| "): line for line in table(DEFAULT, ours).splitlines()}
    assert rows["latency p50, ms"] == "| latency p50, ms | 20.0 | 4.0 | 0.20 | 0.25 | yes |"
    assert rows["requests a second"].endswith("| 6.00 | 5.00 | yes |")
    assert rows["start to first answer, s"].endswith("| 0.50 | 0.25 | no |")


def test_more_is_better_only_for_requests() -> None:
    assert table(DEFAULT, DEFAULT).count("| no |") == 5


def test_memory_is_in_megabytes() -> None:
    assert 10 < resident(os.getpid()) < 100_000
