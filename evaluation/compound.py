"""Messages that ask two things: are both answered?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

from evaluation.tables import read_table, write_json, write_table
from evaluation.understanding import Understands


def evaluate_compound(model: Understands, file: Path, out: Path) -> dict[str, Any]:
    """Write predictions.tsv and summary.json for `text<TAB>label1<TAB>label2`.

    Returns:
        n and the shares both, one and none of the two labels answered; in_order, the
        share answered with exactly these two in this order.

    Raises:
        TableError: if the table cannot be read.
    """
    rows = read_table(file, ("text", "label1", "label2"))
    outcomes = model.understand([row[0] for row in rows])
    lines, hits, in_order = [], [], 0
    for (text, *wanted), outcome in zip(rows, outcomes, strict=True):
        first, second = (frozenset(label.split("|")) for label in wanted)
        found = _answered(outcome.answered, first, second)
        hits.append(found)
        in_order += _in_order(outcome.answered, first, second)
        lines.append((text, *wanted, "|".join(outcome.answered), ("none", "one", "both")[found]))
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "predictions.tsv", ("text", "label1", "label2", "answered", "result"), lines)
    shares = {
        name: round(hits.count(k) / len(hits), 4)
        for name, k in (("both", 2), ("one", 1), ("none", 0))
    }
    summary = {"n": len(rows), **shares, "in_order": round(in_order / len(rows), 4)}
    write_json(out / "summary.json", summary)
    return summary


def _answered(answers: Sequence[str], first: frozenset[str], second: frozenset[str]) -> int:
    """How many of two questions got an answer; one answer does not count for both."""
    if any(a in first and b in second for a, b in permutations(answers, 2)):
        return 2
    return int(not (first | second).isdisjoint(answers))


def _in_order(answers: Sequence[str], first: frozenset[str], second: frozenset[str]) -> bool:
    return len(answers) == 2 and answers[0] in first and answers[1] in second
