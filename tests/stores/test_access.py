"""Where the work on a database is done, and who waits for it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from assistant.stores.access import Access, DatabaseAway, NotHere
from assistant.stores.database import crisis_turns, impatient_engine, open_engine
from tests.stores.busy import somebody_writing

DAY = "2026-11-24"
COUNT = sa.select(sa.func.count()).select_from(crisis_turns)
ADD = sa.text(f"insert into crisis_turns values ('{DAY}', 'crisis', 1)")
REPLACE = sa.text(f"insert or replace into crisis_turns values ('{DAY}', 'crisis', 1)")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clinic.db"


@pytest.fixture
async def access(file: Path) -> Access:
    """A way to a database that has been used before."""
    way = Access(open_engine(f"sqlite:///{file}"))
    await way.transaction(lambda connection: connection.scalar(COUNT))
    return way


def is_here(connection: Connection) -> bool:
    return threading.current_thread() is threading.main_thread()


def add(connection: Connection) -> bool:
    connection.execute(ADD)
    return is_here(connection)


def add_or_replace(connection: Connection) -> None:
    connection.execute(REPLACE)


async def test_brief_work_is_done_here_and_other_work_in_a_thread(access: Access) -> None:
    assert await access.brief(is_here)
    assert not await access.transaction(is_here)


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://nobody@127.0.0.1:1/none"])
def test_only_a_file_is_used_here(url: str) -> None:
    assert impatient_engine(open_engine(url)) is None


async def test_what_was_done_here_is_there(access: Access) -> None:
    assert await access.brief_write(add)
    assert await access.transaction(lambda connection: connection.scalar(COUNT)) == 1


async def test_while_another_writes_a_thread_waits_and_the_loop_goes_on(
    access: Access,
) -> None:
    with somebody_writing(access.engine):
        adding = asyncio.create_task(access.brief_write(add))
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert not adding.done()
    assert await adding is False
    assert await access.transaction(lambda connection: connection.scalar(COUNT)) == 1


async def test_what_would_have_to_wait_is_not_done_here(access: Access) -> None:
    with somebody_writing(access.engine), pytest.raises(NotHere):
        access.write_here(add)
    assert access.write_here(add)


async def test_refused_data_is_told_and_not_tried_twice(access: Access) -> None:
    await access.brief_write(add)
    tried = 0

    def add_again(connection: Connection) -> None:
        nonlocal tried
        tried += 1
        connection.execute(ADD)

    with pytest.raises(IntegrityError):
        await access.brief_write(add_again)
    assert tried == 1


@pytest.mark.parametrize("reads", [0, 1, 2])
async def test_the_write_ahead_log_does_not_grow_for_ever(
    access: Access, file: Path, reads: int
) -> None:
    log = file.with_name(f"{file.name}-wal")
    sizes = []
    for _ in range(4000):
        for _ in range(reads):
            await access.brief(lambda connection: connection.scalar(COUNT))
        await access.brief_write(add_or_replace)
        sizes.append(log.stat().st_size)
    assert max(sizes[2000:]) == max(sizes[:2000])


async def test_a_file_that_was_replaced_is_noticed_here_as_well(access: Access, file: Path) -> None:
    await access.brief_write(add)
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    with pytest.raises(DatabaseAway):  # it has no tables yet, which the next use makes
        await access.brief(lambda connection: connection.scalar(COUNT))
    access._rests_until = 0.0
    assert await access.brief(lambda connection: connection.scalar(COUNT)) == 0


async def test_what_fails_here_when_all_is_done_is_done_once(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert access._impatient is not None
    fail = sa.event.listens_for(access._impatient, "commit")

    @fail
    def full(connection: sa.engine.Connection) -> None:
        raise sa.exc.OperationalError("commit", {}, Exception("disk full"))

    assert await access.brief_write(add) is False
    assert await access.transaction(lambda connection: connection.scalar(COUNT)) == 1
