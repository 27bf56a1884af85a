"""One turn of a conversation at a time: in this process, and by REDIS_URL in all of them."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncIterator

import structlog
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.core.lock_store import LockError as ConversationHeld
from rasa.utils.endpoints import EndpointConfig
from redis import asyncio as redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from assistant.one_at_a_time import OneAtATime
from assistant.settings import settings

logger = structlog.get_logger()

LEASE = 10.0  # seconds after which the lock of a process that was killed is free
PATIENCE = 30.0  # seconds until a turn gives up waiting for another process
_LOOK = 0.05  # seconds between looks whether a lock is free
_ANSWER = 2.0  # seconds that Redis gets for an answer
_REST = 5.0  # seconds in which a Redis that failed is left alone


class ConversationLocks(LockStore):  # type: ignore[misc]
    """A lock in this process, and one in Redis around the turn where REDIS_URL is set.

    Rasa's own locks in memory look only once a second whether it is their turn. Its Redis store
    reads and writes a lock in two steps, so that two processes may both get it; here Redis
    decides in one. While Redis is away turns go on without: the visitor comes first, and nginx
    keeps a conversation at one process.

    Set in endpoints.yml as `type: assistant.stores.locks.ConversationLocks`.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Create the store; Redis is not asked before the first message."""
        self._here = OneAtATime()
        url = settings().redis_url
        self._redis = _client(url.get_secret_value()) if url else None
        self._rests_until = 0.0

    @contextlib.asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncIterator[None]:
        """Hold the conversation while the body runs.

        A turn that hangs is given up by the channel (`assistant.channels.turns`), not here, so
        that neither number is looked at.

        Raises:
            rasa.core.lock_store.LockError: if another process holds it for too long.
        """
        async with self._here.hold(conversation_id), self._everywhere(conversation_id):
            yield

    @contextlib.asynccontextmanager
    async def _everywhere(self, conversation_id: str) -> AsyncIterator[None]:
        lock = await self._acquired(conversation_id)
        if lock is None:
            yield
            return
        keeping = asyncio.create_task(_keep(lock))
        try:
            yield
        finally:
            keeping.cancel()
            # It is gone when Redis was restarted in between.
            with contextlib.suppress(RedisError):
                await lock.release()

    async def _acquired(self, conversation_id: str) -> Lock | None:
        if self._redis is None or time.monotonic() < self._rests_until:
            return None
        # The sender may be a phone number or a name.
        key = f"lock:{hashlib.sha256(conversation_id.encode()).hexdigest()}"
        lock = self._redis.lock(key, timeout=LEASE, sleep=_LOOK, thread_local=False)
        try:
            if await lock.acquire(blocking_timeout=PATIENCE):
                return lock
        except RedisError as error:
            self._rests_until = time.monotonic() + _REST
            logger.error("locks.unavailable", error=type(error).__name__)
            return None
        raise ConversationHeld("Another process holds the conversation.")


def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=_ANSWER, socket_connect_timeout=_ANSWER)


async def _keep(lock: Lock) -> None:
    """Renew the lease of a turn that takes long, until the lock is released or lost.

    The client may take a cancellation for a time-out of Redis, so that it alone ends nothing.
    """
    while True:
        await asyncio.sleep(LEASE / 3)
        try:
            await lock.reacquire()
        except LockError:
            return
        except RedisError:
            continue
