"""Answers stored messages: in order for each sender, again after a crash."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial
from typing import TypeVar

import structlog

from assistant.channels.forgotten import says_forgotten
from assistant.channels.inbound import Inbound
from assistant.channels.queue.sealing import Answers
from assistant.channels.queue.table import QueueTable, QueueUnavailable, Waiting
from assistant.channels.turns import OnNewMessage, TurnOrder, TurnRunner, cause_of
from assistant.keys import keys_from
from assistant.settings import settings
from assistant.stores.database import open_engine

logger = structlog.get_logger()
T = TypeVar("T")

FIRST_PAUSE = 1.0  # seconds until a delivery is tried again, doubled each time
LONGEST_PAUSE = 60.0
GIVE_UP = 24 * 3600.0  # seconds after which an answer is not worth delivering
_ROUNDS = 6  # looks for what other processes have left, in the time of a lease
_HELD_UP = 0.1  # seconds between looks whether another process is done with the message before
_BEGUN = 2  # times that a message is taken over and begun, and its process dies; then it is why
_LAST_WAIT = 20.0  # seconds that running turns get when the server stops

Deliver = Callable[[Inbound, Answers], Awaitable[None]]


class DeliveryFailed(Exception):
    """The platform did not take the answer now; it will be tried again."""


class _Stopped(Exception):
    """The server stops; what could not be delivered stays in the table."""


class QueuedRunner:
    """Stores messages, answers them and delivers the answers, one sender's in order.

    A message is at least once answered: a crash in the middle of a turn repeats the turn, a
    crash in the middle of a delivery repeats the delivery.
    """

    def __init__(
        self,
        channel: str,
        on_new_message: OnNewMessage,
        deliver: Deliver,
        *,
        table: QueueTable | None = None,
    ) -> None:
        """Create the runner of one channel; without `table` the configured database is used."""
        self._channel = channel
        self._turns = TurnRunner(on_new_message)
        self._deliver = deliver
        self._table = table or configured_table()
        self._storing = TurnOrder()
        self._in_hand: set[int] = set()
        self._lines: dict[str, asyncio.Queue[Waiting]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._wake: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._rounds: asyncio.Task[None] | None = None
        self._stopping = False

    async def accept(self, message: Inbound) -> bool:
        """Store a message and answer it soon; False if its id was seen before.

        A server that stops still takes messages, for the others.

        Raises:
            QueueUnavailable: if it could not be stored.
            RejectedMessage: 429 if too many messages of this sender wait to be stored.
        """
        async with self._storing.turn(message.tracker_id):
            stopping = self._stopping
            put = partial(self._table.put, message, for_others=stopping)
            waiting = await asyncio.to_thread(put)
            if waiting and not stopping:
                self._line_up(waiting)
        return waiting is not None

    async def start(self) -> None:
        """Answer what the process before this one has left, and look for more from then on."""
        await self._take_left(everything=True)
        self._rounds = asyncio.create_task(self._look_round())

    async def stop(self) -> None:
        """Let running turns end, for some seconds; what is left is answered after the start."""
        if self._rounds:
            self._rounds.cancel()
        self._stopping = True
        for wake in self._wake.values():
            wake.set()
        if self._workers:
            _, late = await asyncio.wait([*self._workers.values()], timeout=_LAST_WAIT)
            for worker in late:
                worker.cancel()
        await self._in_table(self._table.release)

    async def deliver_waiting(self, tracker_id: str) -> None:
        """Try at once what could not be delivered to a conversation, here or by a process gone."""
        if tracker_id in self._workers:
            self._wake[tracker_id].set()
        else:
            await self._take_left()

    async def forget(self, tracker_id: str) -> None:
        """Delete what waits of a conversation; a turn that runs ends unheard.

        Raises:
            QueueUnavailable: if the database is away.
        """
        if worker := self._workers.get(tracker_id):
            worker.cancel()
            await asyncio.wait([worker])
        await asyncio.to_thread(self._table.forget, tracker_id)

    def _line_up(self, waiting: Waiting) -> None:
        if waiting.id in self._in_hand:
            return
        self._in_hand.add(waiting.id)
        key = waiting.message.tracker_id
        self._lines.setdefault(key, asyncio.Queue()).put_nowait(waiting)
        if key not in self._workers:
            self._workers[key] = asyncio.create_task(self._work(key))

    async def _work(self, key: str) -> None:
        """Handle one sender's messages until none is left."""
        line = self._lines[key]
        try:
            while not line.empty() and not self._stopping:
                waiting = line.get_nowait()
                try:
                    await self._handle(waiting)
                finally:
                    self._in_hand.discard(waiting.id)
        except _Stopped:
            pass
        finally:
            while not line.empty():
                self._in_hand.discard(line.get_nowait().id)
            for gone in (self._lines, self._workers, self._wake):
                gone.pop(key, None)

    async def _handle(self, waiting: Waiting) -> None:
        await self._wait_for_others(waiting)
        if waiting.answers is None:
            if waiting.taken_over and not await self._begins(waiting):
                return
            answers = await self._answers(waiting)
            kept = await self._in_table(partial(self._table.keep_answers, waiting, answers))
            waiting = kept or Waiting(waiting.id, waiting.message, waiting.received_at, answers)
        if any(says_forgotten(answer) for answer in waiting.answers or []):
            await self._in_table(partial(self._table.forget_before, waiting))
        await self._deliver_all(waiting)
        await self._in_table(partial(self._table.done, waiting))

    async def _begins(self, waiting: Waiting) -> bool:
        """Count a turn that may end this process as it did others; False if it was answered."""
        return await self._in_table(partial(self._table.begin, waiting)) is not False

    async def _answers(self, waiting: Waiting) -> Answers:
        if waiting.begun < _BEGUN:
            return await self._turns.answers(waiting.message)
        logger.error("channel.message.given_up", channel=self._channel)
        return await self._turns.apologize(waiting.message)

    async def _wait_for_others(self, waiting: Waiting) -> None:
        """Let other processes finish the sender's earlier messages."""
        while not self._stopping:
            if not await self._in_table(partial(self._table.is_held_up, waiting)):
                return
            await asyncio.sleep(_HELD_UP)
        raise _Stopped

    async def _deliver_all(self, waiting: Waiting) -> None:
        pause = FIRST_PAUSE
        while time.time() - waiting.received_at < GIVE_UP:
            try:
                return await self._deliver(waiting.message, waiting.answers or [])
            except DeliveryFailed:
                logger.warning("channel.delivery.failed", channel=self._channel, again_in=pause)
            # Whatever else a channel raises will not become better by trying again.
            except Exception as error:
                logger.error("channel.delivery.lost", channel=self._channel, **cause_of(error))
                return None
            await self._pause(waiting.message.tracker_id, pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        logger.error("channel.delivery.given_up", channel=self._channel)

    async def _pause(self, tracker_id: str, seconds: float) -> None:
        if self._stopping:
            raise _Stopped
        wake = self._wake[tracker_id]
        wake.clear()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(wake.wait(), seconds)
        if self._stopping:
            raise _Stopped

    async def _look_round(self) -> None:
        while True:
            await asyncio.sleep(self._table.lease / _ROUNDS)
            await self._in_table(partial(self._table.renew, set(self._in_hand)))
            await self._take_left()
            await self._in_table(self._table.purge)

    async def _take_left(self, *, everything: bool = False) -> None:
        take = partial(self._table.take_left, self._channel, everything=everything)
        for waiting in await self._in_table(take) or []:
            self._line_up(waiting)

    async def _in_table(self, work: Callable[[], T]) -> T | None:
        """Run `work` in a thread; None while the database is away: the visitor comes first."""
        try:
            return await asyncio.to_thread(work)
        except QueueUnavailable:
            logger.error("channel.queue.unavailable", channel=self._channel)
            return None


@lru_cache(maxsize=1)
def configured_table() -> QueueTable:
    """The queue in the database of this installation.

    Raises:
        assistant.keys.KeyProblem: if there is no usable key.
    """
    own = settings()
    owner = f"{socket.gethostname()[:60]}:{own.port}"
    return QueueTable(open_engine(own.database_url), keys_from(own), owner, lease=own.queue_lease)
