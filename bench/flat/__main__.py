"""`python -m bench.flat`: the first ten turns against the last ten, in memory and in SQLite."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import httpx
import typer

from assistant.serving import LOOPBACK, assistant_server, free_port
from bench import warm
from bench.flat.talking import SPAN, first_and_last, timed_turns
from bench.memory import resident

_WARM_UP = 3 * SPAN  # turns that load what a new process has not read yet


def main(turns: int = 200, conversations: int = 5) -> None:
    """Print a table with both medians and their ratio, and what the process grew by."""
    typer.echo(f"| store | turns 1-{SPAN} | turns {turns - SPAN + 1}-{turns} | ratio | memory |")
    typer.echo("|---|---|---|---|---|")
    for name, database in (("memory", "sqlite://"), ("SQLite", "sqlite:///{folder}/clinic.db")):
        with tempfile.TemporaryDirectory() as folder:
            _measure(name, Path(folder), database.format(folder=folder), turns, conversations)


def _measure(name: str, folder: Path, url: str, turns: int, conversations: int) -> None:
    port = free_port()
    env = {"DATABASE_URL": url, "CONTACT_KEY_FILE": str(folder / "contact.key")}
    with (
        assistant_server(port, env, folder / "assistant.log") as server,
        httpx.Client(base_url=f"http://{LOOPBACK}:{port}", timeout=60) as client,
    ):
        list(timed_turns(client, _WARM_UP))
        time.sleep(warm.SECONDS)
        before = resident(server.pid)
        talks = [list(timed_turns(client, turns)) for _ in range(conversations)]
        grown = resident(server.pid) - before
    first, last = first_and_last(talks)
    times = f"{first:.1f} ms | {last:.1f} ms | {last / first:.2f}"
    typer.echo(f"| {name} | {times} | {before:.0f} MB, {grown:+.0f} |")


if __name__ == "__main__":
    typer.run(main)
