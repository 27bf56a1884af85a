from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.engine import Engine

from assistant.channels.inbound import Inbound
from assistant.channels.queue.table import QueueTable
from assistant.settings import settings
from assistant.stores.database import open_engine
from assistant.stores.history import TURNS, folded, table
from assistant.stores.purge import main, purge
from assistant.stores.tracker_store import RedactingTrackerStore
from tests.stores.looking import SENDER
from tests.stores.talk import said, talk, turn


@pytest.mark.usefixtures("_database")
def test_command_follows_the_clinics_retention(capsys: pytest.CaptureFixture[str]) -> None:
    engine = open_engine(settings().database_url)
    table.metadata.create_all(engine)
    now = datetime.now(tz=timezone.utc)
    ages = [timedelta(days=days).total_seconds() for days in (0, 29, 31, 400)]
    rows = [
        {"sender_id": "rest:a", "type_name": "user", "timestamp": now.timestamp() - age, "data": ""}
        for age in ages
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(table), rows)
    _store_messages(engine, [now.timestamp() - 3600, now.timestamp() - 25 * 3600])
    main()
    assert capsys.readouterr().out == (
        "Conversations: 2 events older than 30 days deleted.\n"
        "Unanswered questions: 0 older than 90 days deleted.\n"
        "Received messages: 1 older than a day deleted.\n"
    )


def _store_messages(engine: Engine, received: list[float]) -> None:
    key = [Fernet.generate_key().decode()]
    for at in received:
        queue = QueueTable(engine, key, "one", lambda at=at: at)
        queue.put(Inbound("telegram", "5", "hello", str(at)))


async def test_what_was_folded_goes_with_the_conversation(store: RedactingTrackerStore) -> None:
    for number in range(2 * TURNS):
        await talk(store, SENDER, *turn(said(f"question {number}")))
    now = datetime.now(tz=timezone.utc)
    with store.engine.connect() as connection:
        assert len(connection.execute(sa.select(folded)).all()) == 1
    purge(now, store.engine, days=30)
    assert await store.retrieve(SENDER) is not None
    purge(now + timedelta(days=31), store.engine, days=30)
    assert await store.retrieve(SENDER) is None


@pytest.mark.usefixtures("_database")
def test_command_works_on_an_empty_database(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    assert "0 events" in capsys.readouterr().out


@pytest.fixture
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "database_url", f"sqlite:///{tmp_path / 'new' / 'clinic.db'}")
    monkeypatch.setattr("assistant.stores.purge.CONTENT", tmp_path)
    clinic = "name: A clinic\nretention:\n  conversations_days: null\n"
    (tmp_path / "clinic.yml").write_text(clinic, encoding="utf-8")
