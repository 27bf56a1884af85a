from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.operations import readiness
from tests.channels.conftest import Server, credentials, server  # noqa: F401

pytestmark = pytest.mark.usefixtures("ready_model")


@pytest.fixture
def ready_model(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(readiness, "REMEMBERED", 0.0)
    server.agent.is_ready = lambda: True  # type: ignore[attr-defined]


async def test_health_says_no_more_than_that_the_process_lives(server: Server) -> None:  # noqa: F811
    answer = await server.http.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
