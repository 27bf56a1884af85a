"""Turns of one conversation in this process: one at a time, in the order of arrival."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class OneAtATime:
    """Lets one in at a time for each key, and the next as soon as that one is done."""

    def __init__(self) -> None:
        """Create an order in which nobody waits."""
        self._locks: dict[str, asyncio.Lock] = {}
        self._present: Counter[str] = Counter()

    def waiting(self, key: str) -> int:
        """Return how many wait for `key` behind the one that holds it."""
        return max(self._present[key] - 1, 0)

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Hold `key` while the body runs."""
        self._present[key] += 1
        try:
            async with self._locks.setdefault(key, asyncio.Lock()):
                yield
        finally:
            self._present[key] -= 1
            if not self._present[key]:
                del self._present[key], self._locks[key]
