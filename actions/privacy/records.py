"""A sender's rows: told in plain words, or deleted."""

from __future__ import annotations

from dataclasses import dataclass

from actions.contact_requests.models import (
    CLOSED,
    DRAFT,
    SENDING,
    SENT,
    UNCERTAIN,
    ContactRequest,
)
from actions.contact_requests.store import RequestStore


@dataclass(frozen=True)
class Stored:
    """What there is of one sender, without its contents."""

    drafts: int = 0
    codes: tuple[str, ...] = ()
    closed: int = 0
    ways_told: frozenset[str] = frozenset()
    """How the clinic was told already, or may have been: these messages stay out there."""


def stored(store: RequestStore, sender: str) -> Stored:
    """Return what is stored of a sender.

    Raises:
        Unavailable: if the database cannot be used.
    """
    with store.session() as session:
        return _described(store.requests_of(session, sender))


def forget(store: RequestStore, sender: str) -> Stored:
    """Delete a sender's requests, drafts and waiting messages; return what there was.

    Raises:
        Unavailable: if the database cannot be used; nothing is deleted then.
    """
    with store.session() as session:
        rows = store.requests_of(session, sender)
        described = _described(rows)
        for row in rows:
            session.delete(row)
    return described


def _described(rows: list[ContactRequest]) -> Stored:
    went_out = (SENT, SENDING, UNCERTAIN)
    return Stored(
        drafts=sum(row.status == DRAFT for row in rows),
        codes=tuple(row.code for row in rows if row.status != DRAFT),
        closed=sum(row.status == CLOSED for row in rows),
        ways_told=frozenset(m.way for row in rows for m in row.messages if m.status in went_out),
    )
