"""The outbox table as a queue: one worker at a time has a message, none sends one twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from actions.contact_requests.clock import Clock, utc_now
from actions.contact_requests.models import (
    FAILED,
    SENDING,
    SENT,
    TAKEN,
    UNCERTAIN,
    WAITING,
    ContactRequest,
    OutboxMessage,
    new_id,
)
from actions.contact_requests.store import RequestStore

LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
# With the waits above: about three days. A mail server that is down longer needs a person.
MOST_ATTEMPTS = 80


@dataclass(frozen=True)
class Job:
    """A message that this worker alone may send, until its lease ends."""

    id: str
    way: str
    lease: str
    attempts: int
    request: ContactRequest


class Outbox:
    """The queue's steps, each its own transaction.

    Args:
        store: where the table is.
        clock: tells the time.
        chance: a number in [0, 1) for the jitter of the waits.
    """

    def __init__(
        self,
        store: RequestStore,
        clock: Clock = utc_now,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._clock = clock
        self._chance = chance

    def take(self) -> Job | None:
        """Lease the next message that is due, if any.

        Messages whose worker died are settled first: one that was not yet going
        out, or that goes to a webhook (which knows it by its key), waits again;
        an e-mail that may have gone out becomes uncertain.
        """
        now = self._clock()
        with self._store.session() as session:
            self._settle_abandoned(session, now)
            due = select(OutboxMessage.id).where(
                OutboxMessage.status == WAITING, OutboxMessage.next_attempt_at <= now
            )
            for message_id in session.scalars(due.order_by(OutboxMessage.created_at)).all():
                job = self._lease(session, message_id, now)
                if job:
                    return job
        return None

    def _lease(self, session: Session, message_id: str, now: datetime) -> Job | None:
        lease = new_id()
        # The condition decides between two workers that saw the same row.
        taken = session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == message_id, OutboxMessage.status == WAITING)
            .values(
                status=TAKEN,
                lease=lease,
                lease_until=now + LEASE,
                attempts=OutboxMessage.attempts + 1,
            )
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount != 1:
            return None
        message = session.get(OutboxMessage, message_id, populate_existing=True)
        request = message.request
        job = Job(message_id, message.way, lease, message.attempts, request)
        session.flush()
        session.expunge_all()
        return job

    def _settle_abandoned(self, session: Session, now: datetime) -> None:
        abandoned = OutboxMessage.lease_until <= now
        safe = or_(OutboxMessage.status == TAKEN, OutboxMessage.way == "webhook")
        in_hand = OutboxMessage.status.in_((TAKEN, SENDING))
        for condition, status in ((safe, WAITING), (~safe, UNCERTAIN)):
            session.execute(
                update(OutboxMessage)
                .where(in_hand, abandoned, condition)
                .values(status=status, lease_until=None, next_attempt_at=now)
                .execution_options(synchronize_session=False)
            )

    def about_to_send(self, job: Job) -> bool:
        """Note that the message goes out now. False: the lease was lost, don't send."""
        still_mine = OutboxMessage.lease_until > self._clock()
        return self._move(job, (TAKEN,), SENDING, still_mine)

    def sent(self, job: Job) -> None:
        """Note that the receiver has taken the message, even when that came late."""
        stages = (TAKEN, SENDING, UNCERTAIN)
        self._move(job, stages, SENT, sent_at=self._clock(), lease_until=None, last_error=None)

    def uncertain(self, job: Job, error: str) -> None:
        """Note that nobody can know whether the e-mail went out."""
        self._move(job, (TAKEN, SENDING), UNCERTAIN, lease_until=None, last_error=error[:80])

    def not_sent(self, job: Job, error: str) -> None:
        """Let the message wait for its next attempt, longer each time."""
        status = FAILED if job.attempts >= MOST_ATTEMPTS else WAITING
        due = self._clock() + wait_after(job.attempts, self._chance())
        values = {"lease_until": None, "next_attempt_at": due, "last_error": error[:80]}
        self._move(job, (TAKEN, SENDING), status, **values)

    def _move(
        self, job: Job, stages: tuple[str, ...], status: str, *conditions: object, **values: object
    ) -> bool:
        mine = (OutboxMessage.id == job.id, OutboxMessage.lease == job.lease)
        with self._store.session() as session:
            moved = session.execute(
                update(OutboxMessage)
                .where(*mine, OutboxMessage.status.in_(stages), *conditions)
                .values(status=status, **values)
                .execution_options(synchronize_session=False)
            )
            return bool(moved.rowcount == 1)


def wait_after(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after `attempts` failures: doubling, capped, half of it by chance."""
    longest: timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 20))
    return longest * (0.5 + chance / 2)
