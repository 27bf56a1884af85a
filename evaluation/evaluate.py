"""`make evaluate`: how well questions are understood: one by one, compound, or as follow-ups."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Optional

import structlog
import typer

from evaluation.compound import evaluate_compound
from evaluation.follow_ups import Conversations, evaluate_follow_ups
from evaluation.question_set import evaluate_questions
from evaluation.tables import TableError
from evaluation.understanding import Model


def main(
    out: Path = Path("out/evaluation"),
    questions: Path = Path("evaluation/questions/dev.tsv"),
    compound: Optional[Path] = None,  # noqa: UP045  (typer 0.9 reads only Optional)
    follow_ups: Optional[Path] = None,  # noqa: UP045
) -> None:
    """Evaluate the trained model on QUESTIONS, or on COMPOUND or FOLLOW_UPS when given."""
    # Rasa's debug lines would bury the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        if compound is not None:
            summary = evaluate_compound(Model(), compound, out)
        elif follow_ups is not None:
            summary = evaluate_follow_ups(Conversations(), follow_ups, out)
        else:
            summary = evaluate_questions(Model(), questions, out)
    except (TableError, FileNotFoundError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for name, figure in summary.items():
        if name != "by_label":
            typer.echo(f"{name:24}{figure}")
    typer.echo(f"details in {out}")


if __name__ == "__main__":
    typer.run(main)
