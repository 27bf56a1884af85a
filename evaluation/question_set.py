"""Questions that ask one thing: is the best guess right, and what would the visitor get?"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.judged import Judged
from evaluation.plots import plot_confidence, plot_confusion
from evaluation.report import write_report
from evaluation.summary import summarize
from evaluation.tables import read_table, write_json, write_table
from evaluation.understanding import Understands

_COLUMNS = ("text", "labels", "predicted", "confidence", "second", "third", "answered")


def evaluate_questions(model: Understands, questions: Path, out: Path) -> dict[str, Any]:
    """Write predictions.tsv, summary.json, report.html and plots for `text<TAB>labels`.

    Returns:
        The summary, as `summarize` describes it, with questions_per_second.

    Raises:
        TableError: if the table cannot be read.
    """
    rows = read_table(questions, ("text", "labels"))
    started = time.perf_counter()
    outcomes = model.understand([text for text, _ in rows])
    seconds = time.perf_counter() - started
    judged = [Judged(o, tuple(row[1].split("|"))) for o, row in zip(outcomes, rows, strict=True)]
    summary = {**summarize(judged), "questions_per_second": round(len(rows) / seconds, 1)}
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "predictions.tsv", _COLUMNS, _lines(judged))
    write_json(out / "summary.json", summary)
    plot_confusion(judged, out / "confusion.png")
    plot_confidence(judged, out / "confidence.png")
    write_report(out / "report.html", questions.name, judged, summary)
    return summary


def _lines(judged: Sequence[Judged]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for item in judged:
        outcome = item.outcome
        second, third, *_ = [name for name, _ in outcome.ranking[1:]] + ["", ""]
        guess = (outcome.predicted, f"{item.confidence:.4f}", second, third)
        lines.append((outcome.text, "|".join(item.labels), *guess, "|".join(outcome.answered)))
    return lines
