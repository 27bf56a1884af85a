"""Things that are said once, however many updates ask for them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_REMEMBERED = 10_000  # keys; the oldest is forgotten first


class Once:
    """Gives the right to say something to the first update that asks.

    The same update, sent again by Telegram since it was not acknowledged, has the right still.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Create it; a key may be claimed anew after `seconds`."""
        self._seconds = seconds
        self._clock = clock
        self._claims: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def claim(self, key: str, update_id: int) -> bool:
        """Return whether update `update_id` is the one that may speak."""
        now = self._clock()
        holder, since = self._claims.get(key, (update_id, now))
        if since < now - self._seconds:
            holder, since = update_id, now
        self._claims[key] = (holder, since)
        if len(self._claims) > _REMEMBERED:
            self._claims.popitem(last=False)
        return holder == update_id
