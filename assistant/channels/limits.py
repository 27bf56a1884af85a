"""Bounded memory of who wrote lately: the rate limit and the ids already seen."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

Clock = Callable[[], float]

REMEMBERED = 10_000  # senders and message ids; the oldest is forgotten first


class TokenBuckets:
    """A token bucket for each sender: `burst` messages at once, then `rate` a second."""

    def __init__(self, rate: float, burst: int, clock: Clock = time.monotonic) -> None:
        """Create the buckets; `rate` is in messages a second."""
        self._rate = rate
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, sender: str) -> bool:
        """Return whether `sender` may send one more message now, and count it."""
        now = self._clock()
        tokens, then = self._buckets.pop(sender, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._rate)
        allowed = tokens >= 1
        self._buckets[sender] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed


class SeenIds:
    """Message ids of the last `seconds`, so that a message delivered twice is handled once."""

    def __init__(self, seconds: float = 3_600, clock: Clock = time.monotonic) -> None:
        """Create an empty memory; an id is forgotten after `seconds`."""
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def add(self, message_id: str) -> bool:
        """Remember `message_id` and return whether it is new."""
        now = self._clock()
        while self._seen and (
            len(self._seen) > REMEMBERED or next(iter(self._seen.values())) < now - self._seconds
        ):
            self._seen.popitem(last=False)
        if message_id in self._seen:
            return False
        self._seen[message_id] = now
        return True
