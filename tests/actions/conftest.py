"""Stores on real databases, with a clock that only moves when told."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from actions.contact_requests.database import connect
from actions.contact_requests.draft import Draft
from actions.contact_requests.sealing import Sealer
from actions.contact_requests.store import RequestStore, Unavailable
from tests.integration.servers import needs, new_database

MARCUS = Draft("Marcus", "(480) 555-0117", None, "afternoons")
SENDER = "rest:visitor-1"


class Clock:
    """Stands still until `pass_by`."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 10, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sealer() -> Sealer:
    return Sealer([Fernet.generate_key().decode()])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of its own on the local PostgreSQL server."""
    needs("PostgreSQL", 5432)
    with new_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'clinic.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(database_url: str, sealer: Sealer, clock: Clock) -> Iterator[RequestStore]:
    """An empty store on SQLite, then on PostgreSQL."""
    made = RequestStore(connect(database_url), sealer, ("email", "webhook"), clock=clock)
    yield made
    with made.engine.begin() as connection:
        for table in ("contact_outbox", "contact_requests"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    made.engine.dispose()


@pytest.fixture
def lite_store(tmp_path: Path, sealer: Sealer, clock: Clock) -> RequestStore:
    """An empty store on SQLite alone, for what does not depend on the database."""
    url = f"sqlite:///{tmp_path / 'clinic.db'}"
    return RequestStore(connect(url), sealer, ("email", "webhook"), clock=clock)


USERS_OF_THE_STORE = (
    "actions.handoff.validate",
    "actions.handoff.ask_confirmed",
    "actions.handoff.submit",
    "actions.handoff.discard",
    "actions.privacy.delete_my_data",
    "actions.privacy.what_we_know",
)


def use(monkeypatch: pytest.MonkeyPatch, opener) -> None:
    """Have all actions open the store through `opener`."""
    for name in USERS_OF_THE_STORE:
        monkeypatch.setattr(importlib.import_module(name), "open_store", opener)


@pytest.fixture
def forms(lite_store: RequestStore, monkeypatch: pytest.MonkeyPatch) -> RequestStore:
    """The store behind the actions."""
    use(monkeypatch, lambda: lite_store)
    return lite_store


@pytest.fixture
def database_down(monkeypatch: pytest.MonkeyPatch):
    """Call it to cut the database off."""

    def down() -> RequestStore:
        raise Unavailable("OperationalError")

    return lambda: use(monkeypatch, down)


def submitted(store: RequestStore, sender: str = SENDER, draft: Draft = MARCUS) -> str:
    """File a request; return its code."""
    store.begin(sender, "rest", "faq/side_effects", "1")
    store.keep(sender, draft)
    return str(store.submit(sender).code)
