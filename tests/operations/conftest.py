"""The probes on a real Sanic server with a stub in Rasa's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.operations import readiness
from assistant.settings import settings
from assistant.stores import database as stores_database
from tests.channels.conftest import Server, credentials, sanic_compiled_once, server

__all__ = ["Server", "credentials", "sanic_compiled_once", "server"]

TOKEN = "a-metrics-token"


def spoil(database: Path) -> None:
    """Put something in the place of the database that is none."""
    database.unlink(missing_ok=True)
    database.write_text("this is no database, " * 100)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "clinic.db"


@pytest.fixture
def metrics_token() -> str:
    return TOKEN


@pytest.fixture
def environment(
    database: Path, metrics_token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("CONTACT_KEY_FILE", str(tmp_path / "contact.key"))
    if metrics_token:
        monkeypatch.setenv("METRICS_TOKEN", metrics_token)
    monkeypatch.setattr(readiness, "REMEMBERED", 0.0)
    monkeypatch.setattr(stores_database, "_BUSY", 0.2)
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def entry(environment: None) -> str:
    channels = ("operations.channel.OperationsChannel", "channels.rest.RestChannel")
    return "".join(f"assistant.{channel}:\n" for channel in channels)
