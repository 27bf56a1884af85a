"""The database of the conversations: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL, make_url

_LOCK = 5_042_418  # any number that no other program uses for an advisory lock here
_BUSY = 3  # seconds to wait for another writer, a connection or a statement

metadata = sa.MetaData()
# All that is kept of a turn in which somebody was in danger: that there was one.
crisis_turns = sa.Table(
    "crisis_turns",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("kind", sa.String(20), primary_key=True),
    sa.Column("turns", sa.Integer, nullable=False),
)


def open_engine(url: str) -> Engine:
    """Return an engine for `url`; nothing is connected yet, so it never waits."""
    address = make_url(url.replace("postgres://", "postgresql://", 1))
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    if address.get_backend_name() == "postgresql":
        options = f"-c statement_timeout={_BUSY * 1000}"
        arguments = {"connect_timeout": _BUSY, "options": options}
        return sa.create_engine(
            address, connect_args=arguments, pool_pre_ping=True, pool_timeout=_BUSY
        )
    return sa.create_engine(address, pool_pre_ping=True)


def create_tables(engine: Engine, tables: sa.MetaData = metadata) -> None:
    """Make the tables that are missing; several processes may do so at the same moment.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if the database cannot be used.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        tables.create_all(connection)


def impatient_engine(engine: Engine) -> Engine | None:
    """Return an engine that does not wait, for a loop that nobody may hold up; only for a file.

    Where another writes just now it raises at once, and what it commits waits for the disk only
    if it is the first since somebody else copied the write-ahead log: see `copy_log`.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    impatient = _open_file(engine.url, busy=0)
    sa.event.listen(impatient, "connect", _leave_the_log)
    return impatient


def _open_sqlite(address: URL) -> Engine:
    if not address.database:
        return _in_memory(address)
    return _open_file(address, busy=_BUSY)


def _open_file(address: URL, busy: int) -> Engine:
    file = Path(str(address.database))
    file.parent.mkdir(parents=True, exist_ok=True)
    # Kept open between turns: whoever closes the last connection copies the write-ahead log into
    # the database and waits for the disk, which took longer than all the rest of a turn.
    engine = sa.create_engine(
        address,
        poolclass=sa.pool.QueuePool,
        pool_timeout=_BUSY,
        connect_args={"timeout": busy, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    _leave_replaced_files(engine, file)
    return engine


def _leave_replaced_files(engine: Engine, file: Path) -> None:
    """Connect anew when the file is another one: SQLite would go on writing to the one deleted."""

    def remember(_: sqlite3.Connection, record: Any) -> None:
        record.info["file"] = _identity(file)

    def compare(_: sqlite3.Connection, record: Any, __: Any) -> None:
        if record.info["file"] != _identity(file):
            raise sa.exc.DisconnectionError("the database file was replaced")

    sa.event.listen(engine, "connect", remember)
    sa.event.listen(engine, "checkout", compare)


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _in_memory(address: URL) -> Engine:
    # One connection, which is the database, and which one thread at a time may use.
    return sa.create_engine(
        address,
        poolclass=sa.pool.QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # Readers and one writer at a time do not wait for one another. A full or read-only disk
    # shows with the statement that follows.
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode=WAL")


def _leave_the_log(connection: sqlite3.Connection, _: Any) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0")


def copy_log(engine: Engine) -> None:
    """Copy SQLite's write-ahead log into the database, as far as nobody reads or writes there.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if the database cannot be used.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(PASSIVE)"))


def wipe_deleted(engine: Engine) -> bool:
    """Take what was deleted out of SQLite's write-ahead log as well; elsewhere do nothing.

    Returns:
        False if somebody reads or writes just now, so that it has to stay.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: if the database cannot be used.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Who waits here would keep every writer waiting as well.
        connection.execute(sa.text("PRAGMA busy_timeout=0"))
        try:
            busy = connection.scalar(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        finally:
            connection.execute(sa.text(f"PRAGMA busy_timeout={_BUSY * 1000}"))
    return not busy


def upsert(
    connection: Connection,
    table: sa.Table,
    key: dict[str, Any],
    values: dict[str, Any],
    instead: dict[str, Any] | None = None,
) -> Any:
    """Return the statement that adds a row, or changes the one that has its primary key.

    Args:
        connection: where it will be executed.
        table: which table.
        key: the primary key.
        values: the other columns of a new row.
        instead: what a row that is there already gets; by default the same values.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(table).values(**key, **values)
    return row.on_conflict_do_update(index_elements=list(key), set_=instead or values)
