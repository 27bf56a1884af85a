"""Seals waiting messages with the newest key: `python -m assistant.channels.queue.rotate`."""

from __future__ import annotations

import typer

from assistant.channels.queue.runner import configured_table
from assistant.channels.queue.table import QueueUnavailable
from assistant.keys import KeyProblem


def main() -> None:
    """Do it and say how many there were; exit code 1 if the database or the key is unusable."""
    try:
        count = configured_table().rotate()
    except (QueueUnavailable, KeyProblem) as error:
        typer.echo(f"The waiting messages cannot be reached: {error}.", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Waiting messages: {count} encrypted with the newest key.")


if __name__ == "__main__":
    typer.run(main)
