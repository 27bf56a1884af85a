from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.operations.conftest import Server, spoil


def loaded(server: Server, is_loaded: bool = True) -> None:
    vars(server.agent)["is_ready"] = lambda: is_loaded


async def test_health_says_that_the_process_lives(server: Server) -> None:
    answer = await server.http.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_ready_with_model_and_database(server: Server) -> None:
    loaded(server)
    answer = await server.http.get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


async def test_not_ready_without_a_model(server: Server) -> None:
    loaded(server, False)
    answer = await server.http.get("/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reason": "The model is not loaded."}


async def test_not_ready_with_a_file_that_is_no_database(server: Server, database: Path) -> None:
    loaded(server)
    spoil(database)
    answer = await server.http.get("/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reason": "The database cannot be used."}
    assert (await server.http.get("/health")).status_code == 200


async def test_ready_again_once_the_database_is_free(server: Server, database: Path) -> None:
    loaded(server)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert (await server.http.get("/ready")).status_code == 503
    holder.execute("ROLLBACK")
    assert (await server.http.get("/ready")).status_code == 200
    holder.close()
