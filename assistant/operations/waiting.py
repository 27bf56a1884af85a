"""What waits in the database: contact requests, notices to the clinic, visitors' messages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone

import sqlalchemy as sa
import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

logger = structlog.get_logger()

_REQUESTS = sa.table("contact_requests", sa.column("status"))
_OUTBOX = sa.table(
    "contact_outbox", sa.column("status"), sa.column("created_at", sa.DateTime(timezone=False))
)
_QUEUE = sa.table("inbound_messages", sa.column("sealed"), sa.column("received_at"))
_DELIVERED = "sent"


class Waiting:
    """Reads the figures when they are asked for; a Prometheus collector.

    Args:
        engine: the database, which is not touched before.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics; only that it is away while the database is."""
        found: list[Metric] = []
        try:
            with self._engine.connect() as connection:
                present = set(sa.inspect(connection).get_table_names())
                for table, read in _READERS.items():
                    if table in present:
                        found += read(connection)
        except SQLAlchemyError as error:
            logger.warning("metrics.database", error=type(error).__name__)
            found = []
            reachable = 0
        else:
            reachable = 1
        yield GaugeMetricFamily(
            "assistant_database_up", "Whether the database answers.", value=reachable
        )
        yield from found


def _requests(connection: Connection) -> list[Metric]:
    metric = GaugeMetricFamily(
        "assistant_contact_requests", "Contact requests by status.", labels=["status"]
    )
    for status, number in _by_status(connection, _REQUESTS):
        metric.add_metric([status], number)
    return [metric]


def _outbox(connection: Connection) -> list[Metric]:
    metric = GaugeMetricFamily(
        "assistant_outbox_messages", "Notices to the clinic by status.", labels=["status"]
    )
    for status, number in _by_status(connection, _OUTBOX):
        metric.add_metric([status], number)
    undelivered = sa.select(sa.func.min(_OUTBOX.c.created_at)).where(_OUTBOX.c.status != _DELIVERED)
    oldest: datetime | None = connection.execute(undelivered).scalar()
    since = oldest.replace(tzinfo=timezone.utc).timestamp() if oldest else None
    age = "Age in seconds of the oldest notice that did not certainly go out; 0 if there is none."
    return [metric, GaugeMetricFamily("assistant_outbox_age_seconds", age, value=_age(since))]


def _queue(connection: Connection) -> list[Metric]:
    waiting = sa.select(sa.func.count(), sa.func.min(_QUEUE.c.received_at)).where(
        _QUEUE.c.sealed.is_not(None)
    )
    number, oldest = connection.execute(waiting).one()
    depth = "Visitors' messages whose answer is not delivered."
    age = "Age in seconds of the oldest of them; 0 if there is none."
    return [
        GaugeMetricFamily("assistant_queue_messages", depth, value=number),
        GaugeMetricFamily("assistant_queue_age_seconds", age, value=_age(oldest)),
    ]


_READERS = {"contact_requests": _requests, "contact_outbox": _outbox, "inbound_messages": _queue}


def _by_status(connection: Connection, table: sa.sql.TableClause) -> list[tuple[str, int]]:
    query = sa.select(table.c.status, sa.func.count()).group_by(table.c.status)
    return [(str(status), int(number)) for status, number in connection.execute(query)]


def _age(since: float | None) -> float:
    return max(0.0, time.time() - since) if since is not None else 0.0
