from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.settings import settings
from assistant.stores.database import open_engine
from assistant.stores.history import table
from assistant.stores.purge import main


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
    main()
    assert capsys.readouterr().out == (
        "Conversations: 2 events older than 30 days deleted.\n"
        "Unanswered questions: 0 older than 90 days deleted.\n"
    )


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
