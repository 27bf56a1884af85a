"""Waiting for the second process, but not for ever."""

from __future__ import annotations

import asyncio

from assistant.nlu.ahead.process import SecondProcess

LONG = 60  # seconds; then something hangs


async def ready(second: SecondProcess, but: int | None = None) -> int:
    """Wait until the process takes texts, another one than `but`."""

    async def wait() -> int:
        while (pid := second.pid) is None or pid == but:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        return pid

    return await asyncio.wait_for(wait(), LONG)
