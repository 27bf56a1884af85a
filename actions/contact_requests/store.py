"""What the form, the privacy actions and the inbox do with contact requests."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from alembic.util import CommandError
from sqlalchemy import delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from actions.contact_requests.clock import Clock, utc_now
from actions.contact_requests.draft import Draft
from actions.contact_requests.migrate import migrate
from actions.contact_requests.models import DRAFT, OPEN, ContactRequest, OutboxMessage
from actions.contact_requests.sealing import KeyProblem, Sealer

# No vowels, so that no word comes out; nothing that is read for something else.
_CODE_LETTERS = "BCDFGHJKMNPQRTVWXZ23456789"


class Unavailable(Exception):
    """The database cannot be used now; the cause is chained."""


class NoDraft(Exception):
    """The sender has no draft, or it has expired."""


class RequestStore:
    """Contact requests in one database. All calls block; await them in a thread.

    Args:
        engine: where the tables are; they are made and brought up to date at
            the first use, so a database that is down at the start may come up later.
        sealer: encrypts what is personal.
        ways: how the clinic is told of a request: "email", "webhook".
        draft_life: after this time an unfinished draft counts as gone.
        clock: tells the time.
    """

    def __init__(
        self,
        engine: Engine,
        sealer: Sealer,
        ways: tuple[str, ...] = (),
        draft_life: timedelta = timedelta(hours=24),
        clock: Clock = utc_now,
    ) -> None:
        self.engine = engine
        self.sealer = sealer
        self._ways = ways
        self._draft_life = draft_life
        self._clock = clock
        self._ready = False
        self._getting_ready = threading.Lock()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a transaction, committed at the end.

        Raises:
            Unavailable: if the database or the key cannot be used.
        """
        try:
            self._get_ready()
            with Session(self.engine, future=True) as session, session.begin():
                yield session
        except (SQLAlchemyError, CommandError, OSError, KeyProblem) as error:
            raise Unavailable(type(error).__name__) from error

    def _get_ready(self) -> None:
        with self._getting_ready:
            if not self._ready:
                migrate(self.engine)
                self._ready = True

    def begin(self, sender: str, channel: str, topic: str | None, notice_version: str) -> None:
        """Start a new, empty draft in place of the sender's earlier one."""
        now = self._clock()
        with self.session() as session:
            self._drop_drafts(session, sender)
            session.add(
                ContactRequest(
                    code=_unused_code(session),
                    status=DRAFT,
                    sender_hash=self.sealer.sender_hash(sender),
                    channel=channel,
                    topic=topic,
                    notice_version=notice_version,
                    created_at=now,
                    updated_at=now,
                    sealed=self.sealer.seal(Draft(), sender),
                )
            )

    def draft(self, sender: str) -> Draft:
        """Return the sender's answers so far.

        Raises:
            NoDraft: if there is none, or it has expired.
        """
        with self.session() as session:
            return self.opened(self._draft_row(session, sender))

    def keep(self, sender: str, draft: Draft) -> None:
        """Store the answers; the first answer after the notice is the consent.

        Raises:
            NoDraft: if the draft is gone; nothing is stored then.
        """
        now = self._clock()
        with self.session() as session:
            row = self._draft_row(session, sender)
            row.sealed = self.sealer.seal(draft, sender)
            row.consented_at = row.consented_at or now
            row.updated_at = now

    def submit(self, sender: str) -> ContactRequest:
        """Turn the draft into an open request and put the messages into the outbox.

        Both happen in one transaction, once: afterwards there is no draft.

        Raises:
            NoDraft: if there is no draft, or an answer is missing.
        """
        now = self._clock()
        with self.session() as session:
            row = self._draft_row(session, sender, lock=True)
            if not self.opened(row).complete:
                raise NoDraft
            row.status, row.submitted_at, row.updated_at = OPEN, now, now
            row.messages = [
                OutboxMessage(way=way, next_attempt_at=now, created_at=now) for way in self._ways
            ]
            session.flush()
            session.expunge(row)
            return row

    def discard(self, sender: str) -> None:
        """Delete the sender's draft."""
        with self.session() as session:
            self._drop_drafts(session, sender)

    def requests_of(self, session: Session, sender: str) -> list[ContactRequest]:
        """Return all rows of a sender, drafts included, oldest first."""
        mine = ContactRequest.sender_hash.in_(self.sealer.sender_hashes(sender))
        query = select(ContactRequest).where(mine).order_by(ContactRequest.created_at)
        return list(session.scalars(query))

    def _draft_row(self, session: Session, sender: str, lock: bool = False) -> ContactRequest:
        query = select(ContactRequest).where(
            ContactRequest.sender_hash.in_(self.sealer.sender_hashes(sender)),
            ContactRequest.status == DRAFT,
            ContactRequest.updated_at > self._clock() - self._draft_life,
        )
        row: ContactRequest | None
        row = session.scalars(query.with_for_update() if lock else query).first()
        if row is None:
            raise NoDraft
        return row

    def opened(self, row: ContactRequest) -> Draft:
        """Return the answers in a row.

        Raises:
            Unavailable: if they were sealed with another key.
        """
        try:
            return self.sealer.open(row.sealed)[0]
        except KeyProblem as error:
            raise Unavailable(str(error)) from error

    def _drop_drafts(self, session: Session, sender: str) -> None:
        mine = ContactRequest.sender_hash.in_(self.sealer.sender_hashes(sender))
        session.execute(delete(ContactRequest).where(mine, ContactRequest.status == DRAFT))


def _unused_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(6))
        taken = session.scalar(select(ContactRequest.id).where(ContactRequest.code == code))
        if taken is None:
            return code
