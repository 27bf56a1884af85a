"""The table of messages that wait for their answer, or whose answer waits to be delivered."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from assistant.channels.inbound import Inbound
from assistant.channels.queue.sealing import Answers, Content, Seal
from assistant.stores import database

REMEMBERED = 24 * 3600.0  # seconds for which the id of an answered message is known
LEASE = 60.0  # seconds after which a message of another process is taken over
_RECENT = 30.0  # seconds for which a message of another process holds up the one after it

T = TypeVar("T")

table = sa.Table(
    "inbound_messages",
    database.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("sender_hash", sa.String(64), nullable=False, index=True),
    # Hash of the platform's message id, so that a second delivery is recognised.
    sa.Column("message_hash", sa.String(64), unique=True),
    # Message and answers, encrypted; NULL once the answers are delivered.
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("owner", sa.String(80), nullable=False),
    sa.Column("owned_until", sa.Float, nullable=False),
)


def purge(connection: Connection, now: float) -> int:
    """Delete what nobody answers or delivers any more; returns the number of messages.

    Args:
        connection: to the database, in a transaction.
        now: seconds since the epoch.
    """
    old = table.c.received_at < now - REMEMBERED
    return int(connection.execute(sa.delete(table).where(old)).rowcount)


class QueueUnavailable(Exception):
    """The queue's database cannot be used now; nothing was stored."""


@dataclass(frozen=True)
class Waiting:
    """A stored message; `answers` is None while it has not been answered."""

    id: int
    message: Inbound
    received_at: float
    answers: Answers | None = None
    taken_over: bool = False
    """Whether another process, which is gone, had it before."""
    begun: int = 0
    """How many processes that took it over have begun to answer it."""


class QueueTable:
    """Stores messages sealed, under the hash of their sender.

    Every method blocks on the database and is meant to run in a thread.
    """

    def __init__(
        self,
        engine: Engine,
        keys: list[str],
        owner: str,
        clock: Callable[[], float] = time.time,
        lease: float = LEASE,
    ) -> None:
        """Create the queue; the database is not touched yet.

        Args:
            engine: the database.
            keys: Fernet keys, newest first.
            owner: name of this process that a restart keeps.
            clock: seconds since the epoch.
            lease: seconds without a word from a process after which it counts as gone.
        """
        self._engine = engine
        self._seal = Seal(keys)
        self._owner = owner
        self._clock = clock
        self.lease = lease

    def put(self, message: Inbound, *, for_others: bool = False) -> Waiting | None:
        """Store a message; None if its id was stored before.

        Args:
            message: as it came.
            for_others: whether another process is to take it at once.

        Raises:
            QueueUnavailable: if the database does not take it.
        """
        now = self._clock()
        ids = self._seal.message_ids(message)
        row = {
            "channel": message.channel,
            "sender_hash": self._seal.sender(message),
            "message_hash": ids[0] if ids else None,
            "sealed": self._seal.close(Content(message, None)),
            "received_at": now,
            "owner": self._owner,
            "owned_until": 0 if for_others else now + self.lease,
        }
        known = sa.select(table.c.id).where(table.c.message_hash.in_(ids[1:]))

        def insert(connection: Connection) -> int | None:
            if connection.execute(known).first():
                return None
            return int(connection.execute(sa.insert(table), row).inserted_primary_key[0])

        try:
            id_ = self._run(insert)
        except IntegrityError:
            return None
        return Waiting(id_, message, now) if id_ is not None else None

    def keep_answers(self, waiting: Waiting, answers: Answers) -> Waiting:
        """Store what is to be delivered, so that a crash does not answer twice."""
        self._update(waiting, sealed=self._seal.close(Content(waiting.message, answers)))
        return replace(waiting, answers=answers)

    def renew(self, ids: Collection[int]) -> None:
        """Say that this process still works on messages."""
        until = self._clock() + self.lease
        mine = sa.update(table).where(table.c.id.in_(ids), table.c.owner == self._owner)
        self._run(lambda c: c.execute(mine.values(owned_until=until)))

    def release(self) -> None:
        """Leave what this process has not finished to the others, at once."""
        mine = sa.and_(table.c.owner == self._owner, table.c.sealed.is_not(None))
        self._run(lambda c: c.execute(sa.update(table).where(mine).values(owned_until=0)))

    def is_held_up(self, waiting: Waiting) -> bool:
        """Return whether another process is at an earlier message of the same sender."""
        now = self._clock()
        earlier = sa.select(table.c.id).where(
            table.c.sender_hash.in_(self._seal.senders(waiting.message.tracker_id)),
            table.c.id < waiting.id,
            table.c.sealed.is_not(None),
            table.c.owner != self._owner,
            table.c.owned_until > now,
            table.c.received_at > now - _RECENT,
        )
        return bool(self._run(lambda c: c.execute(earlier.limit(1)).first()))

    def done(self, waiting: Waiting) -> None:
        """Forget all of a message but the hash of its id."""
        if waiting.message.message_id is None:
            self._run(lambda c: c.execute(sa.delete(table).where(table.c.id == waiting.id)))
        else:
            self._update(waiting, sealed=None)

    def take_left(self, channel: str, *, everything: bool = False) -> list[Waiting]:
        """Take over what a process that is gone has left, oldest first.

        Args:
            channel: whose messages.
            everything: also those under this process's own name: at its start, when they can
                only be those of the process before it.
        """
        now = self._clock()
        gone = table.c.owned_until < now
        if everything:
            gone = sa.or_(gone, table.c.owner == self._owner)
        left = sa.and_(table.c.channel == channel, table.c.sealed.is_not(None), gone)

        def take(connection: Connection) -> list[Any]:
            if connection.execute(sa.select(table.c.id).where(left).limit(1)).first() is None:
                return []
            # In one statement, so that two processes never take the same.
            connection.execute(
                sa.update(table).where(left).values(owner=f"{self._owner} {now}", owned_until=now)
            )
            mine = table.c.owner == f"{self._owner} {now}"
            rows = list(connection.execute(sa.select(table).where(mine).order_by(table.c.id)))
            connection.execute(
                sa.update(table).where(mine).values(owner=self._owner, owned_until=now + self.lease)
            )
            return rows

        return [waiting for row in self._run(take) if (waiting := self._open(row))]

    def begin(self, waiting: Waiting) -> bool:
        """Store that this process begins to answer a message that it took over.

        Returns:
            False if the process before it was not gone, and has answered it meanwhile.
        """
        mine = sa.and_(
            table.c.id == waiting.id,
            table.c.owner == self._owner,
            table.c.sealed.is_not(None),
        )
        sealed = self._seal.close(Content(waiting.message, None, waiting.begun + 1))
        begin = sa.update(table).where(mine).values(sealed=sealed)
        return bool(self._run(lambda c: c.execute(begin).rowcount))

    def purge(self) -> int:
        """Delete message ids that are older than a day; returns their number."""
        old = sa.and_(table.c.sealed.is_(None), table.c.received_at < self._clock() - REMEMBERED)
        return int(self._run(lambda c: c.execute(sa.delete(table).where(old)).rowcount))

    def forget(self, tracker_id: str) -> None:
        """Delete all rows of a conversation."""
        mine = table.c.sender_hash.in_(self._seal.senders(tracker_id))
        self._run(lambda c: c.execute(sa.delete(table).where(mine)))

    def forget_before(self, waiting: Waiting) -> None:
        """Delete what a visitor sent before `waiting`, with which they asked to be forgotten."""
        mine = table.c.sender_hash.in_(self._seal.senders(waiting.message.tracker_id))
        self._run(lambda c: c.execute(sa.delete(table).where(mine, table.c.id < waiting.id)))
        self._update(waiting, sender_hash="")

    def rotate(self) -> int:
        """Seal all that waits with the newest key; returns the number of messages.

        Raises:
            QueueUnavailable: if the database is away.
        """
        waiting = sa.select(table.c.id, table.c.sealed).where(table.c.sealed.is_not(None))

        def seal_again(connection: Connection) -> int:
            changed = 0
            for row in connection.execute(waiting).all():
                content = self._seal.open(row.sealed)
                if content is None:
                    continue  # nobody can read it any more; it goes when it is taken or purged
                # Answered in the meantime: stays empty.
                same = sa.and_(table.c.id == row.id, table.c.sealed == row.sealed)
                values = {
                    "sealed": self._seal.close(content),
                    "sender_hash": self._seal.sender(content.message),
                }
                changed += connection.execute(sa.update(table).where(same).values(values)).rowcount
            return changed

        return self._run(seal_again)

    @cached_property
    def _tables(self) -> bool:
        database.create_tables(self._engine)
        return True

    def _run(self, work: Callable[[Connection], T]) -> T:
        try:
            assert self._tables  # noqa: S101  (created on first use)
            with self._engine.begin() as connection:
                return work(connection)
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            # Perhaps the database is a new one.
            vars(self).pop("_tables", None)
            raise QueueUnavailable from error

    def _update(self, waiting: Waiting, **values: Any) -> None:
        values["owned_until"] = self._clock() + self.lease
        self._run(
            lambda c: c.execute(sa.update(table).where(table.c.id == waiting.id).values(**values))
        )

    def _open(self, row: Any) -> Waiting | None:
        """Unseal a row; None, and the row goes, if no key fits any more."""
        content = self._seal.open(row.sealed)
        if content is None:
            self._run(lambda c: c.execute(sa.delete(table).where(table.c.id == row.id)))
            return None
        return Waiting(
            row.id,
            content.message,
            row.received_at,
            content.answers,
            taken_over=True,
            begun=content.begun,
        )
