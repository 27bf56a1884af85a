"""The probes on a real Sanic server with a stub in Rasa's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import settings

TOKEN = "a-metrics-token"


@pytest.fixture
def entry() -> str:
    return (
        "assistant.operations.channel.OperationsChannel:\nassistant.channels.rest.RestChannel:\n"
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "clinic.db"


@pytest.fixture
def metrics_token() -> str | None:
    return TOKEN


@pytest.fixture
def credentials(
    credentials: Path,
    database: Path,
    metrics_token: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("CONTACT_KEY_FILE", str(tmp_path / "contact.key"))
    if metrics_token:
        monkeypatch.setenv("METRICS_TOKEN", metrics_token)
    settings.cache_clear()
    yield credentials
    monkeypatch.undo()
    settings.cache_clear()
