"""Messages that ask two things: are both answered?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evaluation.tables import read_table, write_json, write_table
from evaluation.understanding import Model


def evaluate_compound(model: Model, file: Path, out: Path) -> dict[str, Any]:
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
        found = sum(set(label.split("|")) & set(outcome.answered) != set() for label in wanted)
        hits.append(found)
        in_order += outcome.answered == wanted
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
