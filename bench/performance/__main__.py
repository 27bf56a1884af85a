"""`make bench`: both configurations served, one after the other."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import typer

from assistant.serving import NotStartedError
from assistant.settings import MODELS, ROOT, VAR
from bench.performance.default_model import default_model
from bench.performance.figures import table
from bench.performance.serving import measure
from bench.understanding.rasa_default import TrainingFailedError
from evaluation.tables import read_table

_RASA = [sys.executable, "-m", "rasa"]
_ASSISTANT = [sys.executable, "-m", "assistant.rasa"]
_QUESTIONS = ROOT / "evaluation" / "questions" / "dev.tsv"


def main(
    default: Path = typer.Option(  # noqa: B008
        VAR / "bench" / "default", help="folder with the model of Rasa's default, made if missing"
    ),
    model: Path = typer.Option(MODELS / "assistant.tar.gz", help="the assistant's"),  # noqa: B008
    messages: int = typer.Option(200, help="how many different messages each is asked"),
) -> None:
    """Print latency, throughput, start and memory of both, and their ratios to the goals."""
    texts = [row[0] for row in read_table(_QUESTIONS, ("text", "labels"))][:messages]
    with tempfile.TemporaryDirectory() as folder:
        stock = Path(folder) / "stock"
        stock.mkdir()
        (stock / "credentials.yml").write_text("rest:\n")
        (stock / "endpoints.yml").write_text("{}\n")
        try:
            theirs = measure(
                _RASA, stock, default_model(default).resolve(), texts, Path(folder) / "default.log"
            )
            ours = measure(_ASSISTANT, ROOT, model.resolve(), texts, Path(folder) / "assistant.log")
        except (NotStartedError, TrainingFailedError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
    typer.echo(table(theirs, ours))


if __name__ == "__main__":
    typer.run(main)
