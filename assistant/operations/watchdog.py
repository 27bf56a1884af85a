"""Ends a process whose event loop hangs, so that whatever started it starts it again."""

from __future__ import annotations

import asyncio
import faulthandler

SECONDS = 60.0
"""Far more than a crowd keeps the loop busy between two looks at the clock."""


async def watch(seconds: float = SECONDS) -> None:
    """Until cancelled: exit with status 1 once the event loop has stood still for `seconds`.

    A thread of C's does it, which needs nothing of Python; it leaves on standard error where
    each thread stood, without any of their data.
    """
    try:
        while True:
            faulthandler.dump_traceback_later(seconds, exit=True)
            await asyncio.sleep(seconds / 4)
    finally:
        faulthandler.cancel_dump_traceback_later()
