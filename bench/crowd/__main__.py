"""`make bench-crowd`: visitors at once, alone and beside others that make trouble."""

from __future__ import annotations

import asyncio
import tempfile
import time
import uuid
from contextlib import AsyncExitStack
from itertools import cycle, islice
from pathlib import Path

import httpx
import numpy as np
import typer

from assistant.serving import LOOPBACK, assistant_server, free_port
from bench import warm
from bench.crowd.trouble import silent_server, troublemakers
from bench.flat.talking import QUESTIONS
from bench.memory import resident

_TROUBLEMAKERS = 5


def main(
    visitors: int = typer.Option(200, help="how many ask at the same moment"),
    rounds: int = typer.Option(3, help="questions of each"),
) -> None:
    """Print how long they wait, and what the process grew by."""
    asyncio.run(_compare(visitors, rounds))


async def _compare(visitors: int, rounds: int) -> None:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        env = {
            "DATABASE_URL": f"sqlite:///{folder / 'clinic.db'}",
            "CONTACT_KEY_FILE": str(folder / "contact.key"),
            "ACTION_PORT": str(await stack.enter_async_context(silent_server())),
        }
        log = folder / "assistant.log"
        server = stack.enter_context(assistant_server(port, env, log))
        limits = httpx.Limits(max_connections=None)
        client = httpx.AsyncClient(timeout=120, limits=limits)
        await stack.enter_async_context(client)
        url = f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"
        await _crowd(client, url, visitors=20, rounds=1)  # warm up
        await asyncio.sleep(warm.SECONDS)
        before = resident(server.pid)
        typer.echo("| | median, s | slowest, s | answers a second |")
        typer.echo("|---|--:|--:|--:|")
        _report("alone", *await _crowd(client, url, visitors, rounds))
        async with troublemakers(client, url, _TROUBLEMAKERS):
            _report("beside trouble", *await _crowd(client, url, visitors, rounds))
        typer.echo(f"memory: {before:.0f} MB, {resident(server.pid) - before:+.0f}")


async def _crowd(
    client: httpx.AsyncClient, url: str, visitors: int, rounds: int
) -> tuple[list[float], float]:
    """Let all ask at once; return the seconds of each answer, and of all together."""
    began = time.perf_counter()
    waits = await asyncio.gather(*(_visitor(client, url, rounds) for _ in range(visitors)))
    return [wait for own in waits for wait in own], time.perf_counter() - began


async def _visitor(client: httpx.AsyncClient, url: str, rounds: int) -> list[float]:
    """Ask one question after the other.

    Raises:
        ValueError: if one is not answered.
    """
    sender, waits = uuid.uuid4().hex, []
    for question in islice(cycle(QUESTIONS), rounds):
        began = time.perf_counter()
        answer = await client.post(url, json={"sender": sender, "message": question})
        if not answer.raise_for_status().json():
            raise ValueError(f"no answer to {question!r}")
        waits.append(time.perf_counter() - began)
    return waits


def _report(name: str, waits: list[float], seconds: float) -> None:
    rate = len(waits) / seconds
    typer.echo(f"| {name} | {np.median(waits):.2f} | {max(waits):.2f} | {rate:.0f} |")


if __name__ == "__main__":
    typer.run(main)
