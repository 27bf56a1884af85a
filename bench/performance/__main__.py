"""`make bench`: both configurations served, and asked in turns."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import typer

from assistant.serving import NotStartedError
from assistant.settings import MODELS, ROOT, VAR
from bench import warm
from bench.performance.default_model import default_model
from bench.performance.figures import Served, table
from bench.performance.serving import Server, served
from bench.understanding.rasa_default import TrainingFailedError
from evaluation.tables import read_table

_RASA = [sys.executable, "-m", "rasa"]
_ASSISTANT = [sys.executable, "-m", "assistant.rasa"]
_AT_A_TIME = 100  # questions to one before the other is asked
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
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(3)]
        (folders[0] / "credentials.yml").write_text("rest:\n")
        (folders[0] / "endpoints.yml").write_text("{}\n")
        try:
            stock = default_model(default).resolve()
            # Both run from here on, and are asked in turns: the machine's speed may change.
            started = [
                stack.enter_context(served(_RASA, folders[0], stock, folders[1])),
                stack.enter_context(served(_ASSISTANT, ROOT, model.resolve(), folders[2])),
            ]
        except (NotStartedError, TrainingFailedError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
        time.sleep(warm.SECONDS)
        theirs, ours = _measure(started, texts)
    typer.echo(table(theirs, ours))


def _measure(started: Sequence[tuple[Server, float]], texts: Sequence[str]) -> list[Served]:
    turns = [texts[first : first + _AT_A_TIME] for first in range(0, len(texts), _AT_A_TIME)]
    # A new word makes each text new, so that no memory answers.
    again = [[f"{text} {number}" for number, text in enumerate(turn)] for turn in turns]
    seconds: list[list[float]] = [[] for _ in started]
    at_once = [0.0 for _ in started]
    for turn, new in zip(turns, again, strict=True):
        for number, (server, _) in enumerate(started):
            seconds[number] += server.seconds(turn)
            at_once[number] += server.seconds_at_once(new)
    return [
        Served(own, len(texts) / total, start, server.megabytes())
        for (server, start), own, total in zip(started, seconds, at_once, strict=True)
    ]


if __name__ == "__main__":
    typer.run(main)
