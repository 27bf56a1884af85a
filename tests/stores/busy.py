"""A database that somebody else is using."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy.engine import Engine


@contextlib.contextmanager
def somebody_writing(engine: Engine) -> Iterator[None]:
    """Hold up every other writer, where there can be one at a time: in SQLite."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with contextlib.closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as own:
        own.execute("begin immediate")
        yield
        own.execute("rollback")
