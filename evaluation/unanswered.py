"""`make unanswered`: what visitors asked in vain, as examples for data/nlu.yml."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.content.validate.examples import read_examples
from assistant.nlu.encoder.encoder import shared_encoder
from assistant.settings import ROOT, settings
from assistant.stores.database import open_engine
from assistant.stores.unanswered.picking import Unanswered
from assistant.stores.unanswered.rows import load
from evaluation.grouping import key_of
from evaluation.proposal_yaml import as_yaml
from evaluation.proposals import propose
from evaluation.tables import read_texts
from evaluation.understanding import Model


def taken_texts(root: Path) -> dict[str, str]:
    """Return, by `key_of`, the texts that must not become examples, and why."""
    taken = {}
    for table in sorted((root / "evaluation" / "questions").glob("*.tsv")):
        taken.update({key_of(text): f"stands in {table.name}" for text in read_texts(table)})
    examples = read_examples(root / "data" / "nlu.yml")
    return {**taken, **{key_of(e.text): f"is an example of {e.label}" for e in examples}}


def main(
    least: int = typer.Option(1, help="leave out what was asked less often than this"),
) -> None:
    """Print unanswered questions by proposed intent, the most frequent first."""
    questions = load(open_engine(settings().database_url))
    if not questions:
        typer.echo("# No unanswered questions.")
        return
    encode = shared_encoder(settings().encoder_file).encode
    proposals = [p for p in propose(questions, encode, Model().understand) if p.times >= least]
    typer.echo(_head(questions))
    typer.echo(as_yaml(proposals, taken_texts(ROOT)))


def _head(questions: list[Unanswered]) -> str:
    first, last = min(q.asked_on for q in questions), max(q.asked_on for q in questions)
    return (
        f"# {len(questions)} unanswered, {first} to {last}. Labels are proposals: check each\n"
        "# line, then move it to its intent in data/nlu.yml. In brackets: what was said to them.\n"
    )


if __name__ == "__main__":
    typer.run(main)
