"""`make evaluate`: how well questions are understood, on question sets or compound ones."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Optional

import typer

from evaluation.compound import evaluate_compound
from evaluation.plots import plot_confidence, plot_confusion
from evaluation.summary import Judged, summarize
from evaluation.tables import TableError, read_table, write_json, write_table
from evaluation.understanding import Model

_COLUMNS = ("text", "labels", "predicted", "confidence", "second", "third", "answered")


def evaluate_questions(model: Model, questions: Path, out: Path) -> dict[str, Any]:
    """Write predictions.tsv, summary.json and plots for `text<TAB>labels`.

    Raises:
        TableError: if the table cannot be read.
    """
    rows = read_table(questions, ("text", "labels"))
    started = time.perf_counter()
    outcomes = model.understand([text for text, _ in rows])
    seconds = time.perf_counter() - started
    accepted = [labels.split("|") for _, labels in rows]
    judged = [Judged(o, frozenset(a)) for o, a in zip(outcomes, accepted, strict=True)]
    summary = summarize(judged, [a[0] for a in accepted])
    summary["questions_per_second"] = round(len(rows) / seconds, 1)
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    for (text, labels), outcome in zip(rows, outcomes, strict=True):
        names = [name for name, _ in outcome.ranking] + ["", ""]
        confidence = f"{outcome.ranking[0][1]:.4f}"
        answered = "|".join(outcome.answered)
        cells = (text, labels, outcome.predicted, confidence, names[1], names[2], answered)
        lines.append(cells)
    write_table(out / "predictions.tsv", _COLUMNS, lines)
    write_json(out / "summary.json", summary)
    plot_confusion(judged, [a[0] for a in accepted], out / "confusion.png")
    plot_confidence(judged, out / "confidence.png")
    return summary


def main(
    out: Path = Path("out/evaluation"),
    questions: Path = Path("evaluation/questions/dev.tsv"),
    compound: Optional[Path] = None,  # noqa: UP045  (typer 0.9 reads only Optional)
) -> None:
    """Evaluate the trained model on QUESTIONS, or on COMPOUND when given."""
    model = Model()
    try:
        if compound is not None:
            summary = evaluate_compound(model, compound, out)
        else:
            summary = evaluate_questions(model, questions, out)
    except TableError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for name, figure in summary.items():
        if name != "by_label":
            typer.echo(f"{name:24}{figure}")
    typer.echo(f"details in {out}")


if __name__ == "__main__":
    typer.run(main)
