"""What the team does with requests: list, look, close, reopen, send a notice again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from actions.contact_requests.clock import Clock, utc_now
from actions.contact_requests.draft import Draft
from actions.contact_requests.models import (
    CLOSED,
    DRAFT,
    FAILED,
    OPEN,
    UNCERTAIN,
    WAITING,
    ContactRequest,
)
from actions.contact_requests.store import RequestStore, Unavailable


class NotFound(Exception):
    """No request has that code."""


@dataclass(frozen=True)
class Entry:
    """A request with its answers opened; None if no key fits."""

    request: ContactRequest
    answers: Draft | None


class Desk:
    """Requests as people work on them; unfinished drafts are not shown."""

    def __init__(self, store: RequestStore, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def entries(self, closed: bool = False) -> list[Entry]:
        """Return the open requests, or all, oldest first."""
        shown = (OPEN, CLOSED) if closed else (OPEN,)
        query = (
            select(ContactRequest)
            .where(ContactRequest.status.in_(shown))
            .options(selectinload(ContactRequest.messages))
            .order_by(ContactRequest.submitted_at)
        )
        with self._store.session() as session:
            rows = list(session.scalars(query))
            session.expunge_all()
        return [Entry(row, self._answers(row)) for row in rows]

    def entry(self, code: str) -> Entry:
        """Return one request.

        Raises:
            NotFound: if there is none with that code.
        """
        with self._store.session() as session:
            row = self._row(session, code)
            session.expunge_all()
        return Entry(row, self._answers(row))

    def close(self, code: str) -> None:
        """Mark a request as done."""
        with self._store.session() as session:
            row = self._row(session, code)
            row.status, row.closed_at = CLOSED, row.closed_at or self._clock()

    def reopen(self, code: str) -> None:
        """Mark a request as not done after all."""
        with self._store.session() as session:
            row = self._row(session, code)
            row.status, row.closed_at = OPEN, None

    def resend(self, code: str) -> int:
        """Let notices that failed, or may not have arrived, go out again; return how many."""
        with self._store.session() as session:
            stuck = [
                m for m in self._row(session, code).messages if m.status in (UNCERTAIN, FAILED)
            ]
            for message in stuck:
                message.status, message.next_attempt_at = WAITING, self._clock()
                message.attempts = 0
            return len(stuck)

    def reseal(self) -> int:
        """Encrypt everything with the newest key; return the number of rows."""
        sealer = self._store.sealer
        with self._store.session() as session:
            rows = session.scalars(select(ContactRequest)).all()
            for row in rows:
                answers, sender = sealer.open(row.sealed)
                row.sealed = sealer.seal(answers, sender)
                row.sender_hash = sealer.sender_hash(sender)
            return len(rows)

    def _row(self, session: Session, code: str) -> ContactRequest:
        query = select(ContactRequest).options(selectinload(ContactRequest.messages))
        query = query.where(func.upper(ContactRequest.code) == code.strip().upper())
        row: ContactRequest | None
        row = session.scalars(query.where(ContactRequest.status != DRAFT)).first()
        if row is None:
            raise NotFound(code)
        return row

    def _answers(self, row: ContactRequest) -> Draft | None:
        try:
            return self._store.opened(row)
        except Unavailable:
            return None
