"""A small domain, and the store on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from pydantic import SecretStr
from rasa.shared.core.domain import Domain
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from assistant.settings import settings
from assistant.stores.tracker_store import RedactingTrackerStore
from assistant.stores.unanswered import rows
from tests.integration.servers import needs, new_database

DOMAIN = """
version: "3.1"
intents: [faq, crisis, inform]
actions: [contact_form_ask]
slots:
  crisis_seen: {type: bool, influence_conversation: false, mappings: [{type: custom}]}
  first_name: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  handoff_topic: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  private_words: {type: list, influence_conversation: false, mappings: [{type: custom}]}
  forget_me: {type: bool, influence_conversation: false, mappings: [{type: custom}]}
forms:
  contact_form: {required_slots: [first_name]}
"""


@pytest.fixture(scope="session")
def domain() -> Domain:
    return Domain.from_yaml(DOMAIN)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """A database for all tests of this process."""
    needs("PostgreSQL", 5432)
    with new_database() as url:
        yield sa.create_engine(url, poolclass=NullPool)


@pytest.fixture
def postgres_url(postgres: Engine) -> Iterator[str]:
    yield str(postgres.url)
    with postgres.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'made' / 'clinic.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(database_url: str, domain: Domain) -> Iterator[RedactingTrackerStore]:
    store = RedactingTrackerStore(domain, database_url)
    yield store
    store.engine.dispose()


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings(), "contact_key", SecretStr(Fernet.generate_key().decode()))
    rows._read_hasher.cache_clear()
    yield
    rows._read_hasher.cache_clear()
