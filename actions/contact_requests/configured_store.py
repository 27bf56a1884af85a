"""The store of this process, from the settings."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from sqlalchemy.exc import ArgumentError

from actions.contact_requests.database import connect
from actions.contact_requests.retention import retention
from actions.contact_requests.sealing import KeyProblem, sealer_from
from actions.contact_requests.store import RequestStore, Unavailable
from assistant.settings import Settings, settings


@lru_cache(maxsize=1)
def open_store() -> RequestStore:
    """Return the store of this process.

    Raises:
        Unavailable: if the encryption key, or the database URL, cannot be used;
            the next call tries again.
    """
    found = settings()
    try:
        engine, sealer = connect(found.database_url), sealer_from(found)
    except (ArgumentError, OSError, KeyProblem) as error:
        raise Unavailable(str(error)) from error
    life = timedelta(hours=retention().drafts_hours)
    return RequestStore(engine, sealer, configured_ways(found), life)


def configured_ways(found: Settings) -> tuple[str, ...]:
    """Return how the clinic is told of a request."""
    ways = (("email", found.smtp_url), ("webhook", found.webhook_url))
    return tuple(way for way, url in ways if url)
