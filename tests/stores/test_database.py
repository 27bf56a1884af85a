"""The embedded database stays open between turns, and still notices what happens to its file."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

from assistant.stores.database import open_engine, wipe_deleted
from assistant.stores.tracker_store import RedactingTrackerStore
from tests.stores.looking import SENDER, written
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


async def test_what_is_forgotten_while_somebody_reads_goes_a_turn_later(
    file: Path, domain: Domain
) -> None:
    store = RedactingTrackerStore(domain, f"sqlite:///{file}")
    await talk(store, SENDER, *turn(said(SECRET)))
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchone()
    await talk(store, SENDER, *turn(said("delete my data"), SlotSet("forget_me", True)))
    assert _holds_secret(file), "nobody read the log"
    reader.close()
    await talk(store, "rest:bob", *turn(said("hello")))
    assert not _holds_secret(file)
    store.engine.dispose()


async def test_a_database_that_was_deleted_is_made_anew(file: Path, domain: Domain) -> None:
    store = RedactingTrackerStore(domain, f"sqlite:///{file}")
    await talk(store, SENDER, *turn(said("one")))
    for one in file.parent.glob("clinic.db*"):
        one.unlink()
    await talk(store, SENDER, *turn(said("two")))
    store._access._rests_until = 0.0
    await talk(store, SENDER, *turn(said("three")))
    assert [event["text"] for event in written(store) if event["event"] == "user"] == [
        "two",
        "three",
    ]
    store.engine.dispose()


async def test_a_turn_that_is_given_up_while_it_is_written_is_written_once(
    file: Path, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RedactingTrackerStore(domain, f"sqlite:///{file}")
    tracker = await store.get_or_create_tracker(SENDER)
    tracker.update_with_events(turn(said("hello")), domain)
    begun, write = asyncio.Event(), store._saving._write_in_turn

    async def begin() -> None:
        begun.set()
        await write()

    monkeypatch.setattr(store._saving, "_write_in_turn", begin)
    saving = asyncio.create_task(store.save(tracker))
    await begun.wait()
    (writing,) = store._saving._tasks
    saving.cancel()
    await asyncio.wait([saving, writing])
    await talk(store, "rest:bob", *turn(said("hello")))
    assert len(written(store)) == 5
    store.engine.dispose()


def _holds_secret(file: Path) -> list[Path]:
    return [one for one in file.parent.glob("clinic.db*") if SECRET.encode() in one.read_bytes()]
