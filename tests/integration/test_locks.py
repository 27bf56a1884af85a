"""Two processes never work on the same conversation at the same time."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from rasa.core.lock_store import LockError
from redis import Redis

from assistant.serving import free_port
from assistant.settings import settings
from assistant.stores import locks
from assistant.stores.locks import ConversationLocks


@pytest.fixture
def sender() -> str:
    return f"rest:Marcus {uuid.uuid4().hex}"


async def _turn(store: ConversationLocks, sender: str, told: list[str], name: str) -> None:
    async with store.lock(sender):
        told.append(f"{name} begins")
        await asyncio.sleep(0)
        told.append(f"{name} ends")


async def test_turns_of_two_processes_do_not_overlap(redis_url: str, sender: str) -> None:
    one, two = ConversationLocks(), ConversationLocks()
    told: list[str] = []
    async with one.lock(sender):
        waiting = asyncio.create_task(_turn(two, sender, told, "two"))
        done, _ = await asyncio.wait([waiting], timeout=5 * locks._LOOK)
        assert not done
        assert told == []
    await asyncio.wait_for(waiting, 10)
    turns = [_turn(store, sender, told, name) for name, store in (("one", one), ("two", two))]
    await asyncio.gather(*turns)
    for begin, end in zip(told[::2], told[1::2], strict=True):
        assert begin.split()[0] == end.split()[0], told


async def test_other_conversations_do_not_wait(redis_url: str, sender: str) -> None:
    one, two = ConversationLocks(), ConversationLocks()
    async with one.lock(sender):
        await asyncio.wait_for(_turn(two, f"{sender} too", [], "two"), 10)


async def test_the_lock_of_a_killed_process_is_free_after_the_lease(
    redis_url: str, sender: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEASE", 0.3)
    killed, other = ConversationLocks(), ConversationLocks()
    assert await killed._acquired(sender)
    told: list[str] = []
    await asyncio.wait_for(_turn(other, sender, told, "other"), 10)
    assert told == ["other begins", "other ends"]


async def test_a_long_turn_keeps_its_lock(
    redis_url: str, sender: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEASE", 0.6)
    monkeypatch.setattr(locks, "PATIENCE", 1.5)
    slow, other = ConversationLocks(), ConversationLocks()
    async with slow.lock(sender):
        with pytest.raises(LockError):
            await _turn(other, sender, [], "other")


async def test_a_released_lock_is_not_renewed_for_ever(
    redis_url: str, sender: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEASE", 0.3)
    lock = await ConversationLocks()._acquired(sender)
    assert lock
    keeping = asyncio.create_task(locks._keep(lock))
    await lock.release()
    await asyncio.wait_for(keeping, 10)


async def test_redis_is_not_told_who_it_is(redis_url: str, sender: str) -> None:
    async with ConversationLocks().lock(sender):
        keys = [key.decode() for key in Redis.from_url(redis_url).keys("*")]
    assert any(key.startswith("lock:") for key in keys)
    assert not any("Marcus" in key for key in keys)


async def test_turns_go_on_while_redis_is_away(
    monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{free_port()}/0")
    settings.cache_clear()
    told: list[str] = []
    await asyncio.wait_for(_turn(ConversationLocks(), sender, told, "one"), 10)
    assert told == ["one begins", "one ends"]
