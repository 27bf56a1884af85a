"""The embedded database stays open between turns, and still notices what happens to its file."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

from assistant.stores.database import open_engine, wipe_deleted
from assistant.stores.tracker_store import RedactingTrackerStore
from tests.stores.looking import SENDER
from tests.stores.talk import said, talk, turn

SECRET = "whether my unusual elephant may come along"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clinic.db"


def test_a_connection_outlives_a_transaction(file: Path) -> None:
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE notes (text)"))
    assert engine.pool.checkedin() == 1
    assert file.with_name("clinic.db-wal").exists()
    engine.dispose()


def test_what_is_written_goes_to_the_file_that_is_there(file: Path, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE notes (text)"))
    wipe_deleted(engine)  # into the file, which is then moved alone
    file.rename(tmp_path / "old.db")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE notes (text)"))
        connection.execute(sa.text("INSERT INTO notes VALUES ('new')"))
    engine.dispose()
    with open_engine(f"sqlite:///{file}").connect() as connection:
        assert connection.scalar(sa.text("SELECT text FROM notes")) == "new"


async def test_what_is_forgotten_is_in_no_file(file: Path, domain: Domain) -> None:
    store = RedactingTrackerStore(domain, f"sqlite:///{file}")
    await talk(store, SENDER, *turn(said(SECRET)))
    assert _holds_secret(file), "the test looks in the wrong place"
    await talk(store, SENDER, *turn(said("delete my data"), SlotSet("forget_me", True)))
    assert not _holds_secret(file)
    store.engine.dispose()


def _holds_secret(file: Path) -> list[Path]:
    return [one for one in file.parent.glob("clinic.db*") if SECRET.encode() in one.read_bytes()]
