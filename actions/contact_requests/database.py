"""The database connection: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random

WAIT_SECONDS = 3  # less than the assistant waits for an action


def connect(url: str) -> Engine:
    """Return an engine for a database URL; nothing is opened yet.

    A lock or a server is waited for `WAIT_SECONDS` at most, since a visitor
    waits with us.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    patience = f"-c statement_timeout={WAIT_SECONDS * 1000} -c lock_timeout={WAIT_SECONDS * 1000}"
    return create_engine(
        url,
        future=True,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        connect_args={"connect_timeout": WAIT_SECONDS, "options": patience},
    )


def _sqlite(url: str, database: str | None) -> Engine:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, future=True, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_at_once)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late and leave DDL out.
    connection.isolation_level = None
    _write_ahead(connection)
    for pragma in ("foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


@retry(
    retry=retry_if_exception_type(sqlite3.OperationalError),
    wait=wait_random(0.01, 0.1),
    stop=stop_after_delay(WAIT_SECONDS),
    reraise=True,
)
def _write_ahead(connection: Any) -> None:
    # Of processes that open a new database together one switches; SQLite refuses the others
    # at once, whatever their timeout.
    connection.execute("PRAGMA journal_mode=WAL")


def _begin_at_once(connection: Any) -> None:
    # A reader that starts to write later may fail at once instead of waiting for its turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
