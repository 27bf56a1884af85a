"""Throughput with one process and with two, behind nginx: `make bench-processes`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
import typer
from sqlalchemy.engine import make_url

from bench.processes.cluster import cluster
from bench.processes.load import Load, measure

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/0"
_DATABASE = "assistant_bench_processes"
_WARM_UP = 10  # seconds; the first answers of all visitors come at the same time, and late


def main(
    seconds: int = typer.Option(20, help="how long each number of processes is measured"),
    visitors: int = typer.Option(32, help="how many ask at the same time"),
    postgres: str = typer.Option(POSTGRES, help="a server where a database may be made"),
    redis: str = typer.Option(REDIS, help="the Redis of the conversation locks"),
) -> None:
    """Print answers a second with one process and with two, and the ratio.

    Beside the clock stands the processor time of an answer, which a busy machine changes little.
    """
    rates = {}
    for size in (1, 2):
        with tempfile.TemporaryDirectory() as folder, _database(postgres) as database:
            environment = {
                "DATABASE_URL": database,
                "REDIS_URL": redis,
                "CONTACT_KEY_FILE": f"{folder}/contact.key",
                "NLU_PROCESS": "false",
            }
            with cluster(size, Path(folder), environment) as running:
                measure(running.url, visitors, _WARM_UP)
                before = running.processor_seconds()
                load = measure(running.url, visitors, seconds)
                used = running.processor_seconds() - before
        rates[size] = load.rate
        _report(size, load, used)
    typer.echo(f"ratio       {rates[2] / rates[1]:.2f}  (on {os.cpu_count()} cores)")


def _report(size: int, load: Load, processor_seconds: float) -> None:
    name = "1 process" if size == 1 else f"{size} processes"
    each = 1000 * processor_seconds / max(load.answers, 1)
    line = f"{name:<12}{load.rate:.0f} answers a second, {each:.0f} ms of processor time each"
    typer.echo(f"{line}  {load.failures}".rstrip())


@contextmanager
def _database(postgres: str) -> Iterator[str]:
    server = sa.create_engine(postgres, isolation_level="AUTOCOMMIT")
    drop = f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)"
    server.execute(drop)
    server.execute(f"CREATE DATABASE {_DATABASE}")
    try:
        url = make_url(postgres).set(database=_DATABASE)
        yield url.render_as_string(hide_password=False)
    finally:
        server.execute(drop)
        server.dispose()


if __name__ == "__main__":
    typer.run(main)
