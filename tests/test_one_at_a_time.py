"""Who waits for a key is let in at once when it is free, in the order of arrival."""

from __future__ import annotations

import asyncio

import pytest

from assistant.one_at_a_time import OneAtATime


async def test_one_after_the_other_in_the_order_of_arrival() -> None:
    order, told = OneAtATime(), []

    async def turn(name: str) -> None:
        async with order.hold("ann"):
            told.append(f"{name} begins")
            await asyncio.sleep(0)
            told.append(f"{name} ends")

    await asyncio.gather(*(turn(name) for name in "abc"))
    assert told == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


async def test_other_keys_do_not_wait() -> None:
    order = OneAtATime()
    async with order.hold("ann"):
        await asyncio.wait_for(order.hold("ben").__aenter__(), 5)


async def test_it_counts_who_waits_and_forgets_who_is_done() -> None:
    order = OneAtATime()
    async with order.hold("ann"):
        waiting = asyncio.create_task(order.hold("ann").__aenter__())
        await asyncio.sleep(0)
        assert order.waiting("ann") == 1
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert order.waiting("ann") == 0
    assert not order._locks
    assert not order._present


async def test_a_turn_that_fails_lets_the_next_one_in() -> None:
    order = OneAtATime()
    with pytest.raises(ValueError, match="broken"):
        async with order.hold("ann"):
            raise ValueError("broken")
    await asyncio.wait_for(order.hold("ann").__aenter__(), 5)
