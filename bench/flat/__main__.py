"""`python -m bench.flat`: turns 1 to 10 against 191 to 200, in memory and in SQLite."""

from __future__ import annotations

import tempfile
from pathlib import Path

import httpx
import typer

from assistant.serving import LOOPBACK, assistant_server, free_port
from bench.flat.talking import SPAN, first_and_last, timed_turns

_WARM_UP = 3 * SPAN  # turns that load what a new process has not read yet


def main(turns: int = 200, conversations: int = 5) -> None:
    """Print a table with both medians and their ratio."""
    typer.echo(f"| store | turns 1-{SPAN} | turns {turns - SPAN + 1}-{turns} | ratio |")
    typer.echo("|---|---|---|---|")
    for name, database in (("memory", "sqlite://"), ("SQLite", "sqlite:///{folder}/clinic.db")):
        with tempfile.TemporaryDirectory() as folder:
            url = database.format(folder=folder)
            first, last = _measure(Path(folder), url, turns, conversations)
        typer.echo(f"| {name} | {first:.1f} ms | {last:.1f} ms | {last / first:.2f} |")


def _measure(folder: Path, url: str, turns: int, conversations: int) -> tuple[float, float]:
    port = free_port()
    env = {"DATABASE_URL": url, "CONTACT_KEY_FILE": str(folder / "contact.key")}
    with (
        assistant_server(port, env, folder / "assistant.log"),
        httpx.Client(base_url=f"http://{LOOPBACK}:{port}", timeout=60) as client,
    ):
        list(timed_turns(client, _WARM_UP))
        return first_and_last([list(timed_turns(client, turns)) for _ in range(conversations)])


if __name__ == "__main__":
    typer.run(main)
