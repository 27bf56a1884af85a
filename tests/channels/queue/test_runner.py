"""What was acknowledged is answered, whatever happens in between."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from rasa.core.channels.channel import UserMessage

from assistant.channels.inbound import Inbound
from assistant.channels.queue import DeliveryFailed, QueuedRunner, QueueUnavailable
from assistant.channels.queue import runner as runner_module
from assistant.channels.queue.sealing import Answers
from assistant.channels.queue.table import LEASE, QueueTable, Waiting
from assistant.channels.queue.table import table as rows
from assistant.stores.database import open_engine

KEY = Fernet.generate_key().decode()


class Bot:
    """Answers with the text itself; the platform fails as often as told."""

    def __init__(self) -> None:
        self.turns: list[str] = []
        self.delivered: list[str] = []
        self.failures = 0
        self.hold = asyncio.Event()
        self.hold.set()
        self.news = asyncio.Event()

    async def on_new_message(self, message: UserMessage) -> None:
        self.turns.append(message.text)
        self.news.set()
        await self.hold.wait()
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    async def deliver(self, message: Inbound, answers: Answers) -> None:
        if self.failures:
            self.failures -= 1
            self.news.set()
            raise DeliveryFailed
        self.delivered += [answer["text"] for answer in answers]
        self.news.set()

    async def until(self, is_so: Callable[[Bot], bool]) -> None:
        async def watch() -> None:
            while not is_so(self):
                await self.news.wait()
                self.news.clear()

        await asyncio.wait_for(watch(), 10)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "FIRST_PAUSE", 0.01)


@pytest.fixture
def bot() -> Bot:
    return Bot()


def table(folder: Path, owner: str = "one", clock: Callable[[], float] | None = None) -> QueueTable:
    engine = open_engine(f"sqlite:///{folder / 'queue.db'}")
    return QueueTable(engine, [KEY], owner, **({"clock": clock} if clock else {}))


def runner(bot: Bot, queue: QueueTable) -> QueuedRunner:
    return QueuedRunner("chat", bot.on_new_message, bot.deliver, table=queue)


def said(text: str, message_id: str | None = None, sender: str = "a") -> Inbound:
    return Inbound("chat", sender, text, message_id)


async def test_a_message_is_answered_and_nothing_of_it_stays(bot: Bot, tmp_path: Path) -> None:
    queue = table(tmp_path)
    answering = runner(bot, queue)
    assert await answering.accept(said("my secret", "m1"))
    await bot.until(lambda b: b.delivered == ["my secret"])
    await answering.stop()
    await asyncio.to_thread(queue.purge)
    assert queue.take_left("chat", everything=True) == []


async def test_a_message_that_comes_twice_is_answered_once(bot: Bot, tmp_path: Path) -> None:
    answering = runner(bot, table(tmp_path))
    assert await answering.accept(said("hello", "m1"))
    assert not await answering.accept(said("hello", "m1"))
    assert await answering.accept(said("bye", "m2"))
    await bot.until(lambda b: b.delivered == ["hello", "bye"])


async def test_ids_of_other_senders_are_other_ids(bot: Bot, tmp_path: Path) -> None:
    answering = runner(bot, table(tmp_path))
    assert await answering.accept(said("hello", "m1", "a"))
    assert await answering.accept(said("hello", "m1", "b"))


async def test_one_senders_messages_are_answered_in_order(bot: Bot, tmp_path: Path) -> None:
    answering = runner(bot, table(tmp_path))
    texts = [str(n) for n in range(15)]
    await asyncio.gather(*(answering.accept(said(text)) for text in texts))
    await bot.until(lambda b: len(b.delivered) == 15)
    assert bot.delivered == texts


async def test_a_failing_platform_gets_the_answer_later_without_a_second_turn(
    bot: Bot, tmp_path: Path
) -> None:
    bot.failures = 3
    await runner(bot, table(tmp_path)).accept(said("hello"))
    await bot.until(lambda b: b.delivered == ["hello"])
    assert bot.turns == ["hello"]


async def test_what_a_stopping_process_still_takes_is_at_once_for_the_others(
    bot: Bot, tmp_path: Path
) -> None:
    stopping, other = runner(bot, table(tmp_path)), runner(bot, table(tmp_path, "other"))
    await stopping.start()
    await stopping.stop()
    assert await stopping.accept(said("just in time", "m1"))
    await other.start()
    await bot.until(lambda b: b.delivered == ["just in time"])
    await other.stop()


async def test_what_a_killed_process_has_left_is_answered_by_the_next(
    bot: Bot, tmp_path: Path
) -> None:
    table(tmp_path).put(said("left behind", "m1"))
    after = runner(bot, table(tmp_path))
    await after.start()
    await bot.until(lambda b: b.delivered == ["left behind"])
    assert not await after.accept(said("left behind", "m1"))
    await after.stop()


async def test_a_message_with_which_processes_die_is_given_up(bot: Bot, tmp_path: Path) -> None:
    table(tmp_path).put(said("poison", "m1"))
    bot.hold.clear()
    for times in (1, 2):
        dying = runner(bot, table(tmp_path))
        await dying.start()
        await bot.until(lambda b, times=times: len(b.turns) == times)
        die(dying)
    after = runner(bot, table(tmp_path))
    await after.start()
    await bot.until(lambda b: bool(b.delivered))
    await after.stop()
    assert bot.turns == ["poison", "poison"]
    assert "went wrong" in bot.delivered[0]
    assert "988" in bot.delivered[0]


def die(answering: QueuedRunner) -> None:
    assert answering._rounds
    for task in (answering._rounds, *answering._workers.values()):
        task.cancel()


async def test_a_message_that_a_slow_process_has_answered_is_not_answered_again(
    bot: Bot, tmp_path: Path
) -> None:
    slow = table(tmp_path)
    stored = slow.put(said("hello", "m1"))
    assert stored
    other = table(tmp_path, "other", lambda: time.time() + 2 * LEASE)
    begin = other.begin

    def answered_meanwhile(waiting: Waiting) -> bool:
        slow.done(stored)
        return begin(waiting)

    other.begin = answered_meanwhile  # type: ignore[method-assign]
    answering = runner(bot, other)
    await answering.start()
    await asyncio.gather(*answering._workers.values())
    await answering.stop()
    assert bot.turns == bot.delivered == []


def test_a_row_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    queue = table(tmp_path)
    queue.put(said("hello", "m1"))
    content = {"message": asdict(said("hello", "m1")), "answers": None, "more": 1}
    sealed = Fernet(KEY).encrypt(json.dumps(content).encode())
    with queue._engine.begin() as connection:
        connection.execute(sa.update(rows).values(sealed=sealed))
    assert queue.rotate() == 1
    (taken,) = queue.take_left("chat", everything=True)
    assert (taken.message.text, taken.begun) == ("hello", 0)


async def test_messages_that_only_waited_while_processes_died_are_answered(
    bot: Bot, tmp_path: Path
) -> None:
    texts = ["first", "second"]
    for text in texts:
        table(tmp_path).put(said(text))
    for _ in range(5):
        assert len(table(tmp_path).take_left("chat", everything=True)) == 2
    after = runner(bot, table(tmp_path))
    await after.start()
    await bot.until(lambda b: b.delivered == texts)
    await after.stop()


async def test_a_stop_does_not_wait_for_someone_who_is_away(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "FIRST_PAUSE", 60)
    bot.failures = 1
    before = runner(bot, table(tmp_path))
    await before.accept(said("hello", "m1"))
    await bot.until(lambda b: not b.failures)
    await asyncio.wait_for(before.stop(), 5)
    after = runner(bot, table(tmp_path))
    await after.start()
    await bot.until(lambda b: b.delivered == ["hello"])
    assert bot.turns == ["hello"]
    await after.stop()


async def test_an_answer_that_was_not_delivered_is_not_made_again(bot: Bot, tmp_path: Path) -> None:
    queue = table(tmp_path)
    waiting = queue.put(said("hello"))
    assert waiting
    queue.keep_answers(waiting, [{"text": "the answer"}])
    after = runner(bot, table(tmp_path))
    await after.start()
    await bot.until(lambda b: b.delivered == ["the answer"])
    assert bot.turns == []
    await after.stop()


async def test_what_is_forgotten_is_neither_delivered_nor_kept(bot: Bot, tmp_path: Path) -> None:
    queue = table(tmp_path)
    answering = runner(bot, queue)
    bot.hold.clear()
    for text in ("one", "two"):
        await answering.accept(said(text, text))
    await answering.accept(said("other", sender="b"))
    await answering.forget("chat:a")
    bot.hold.set()
    await bot.until(lambda b: b.delivered == ["other"])
    await answering.stop()
    assert queue.take_left("chat", everything=True) == []
    assert await answering.accept(said("one", "one")), "the id of a forgotten message is known"


def test_another_process_takes_over_only_when_the_lease_has_ended(tmp_path: Path) -> None:
    now = 1_000.0
    table(tmp_path, "one", lambda: now).put(said("hello"))
    other = table(tmp_path, "two", lambda: now)
    assert other.take_left("chat", everything=True) == []
    now += LEASE + 1
    assert [waiting.message.text for waiting in other.take_left("chat")] == ["hello"]
    assert other.take_left("chat") == []


def test_nothing_readable_is_written(tmp_path: Path) -> None:
    table(tmp_path).put(said("my phone is 480-555-0100", "m1", "marcus"))
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"555-0100" not in written
    assert b"marcus" not in written


async def test_a_database_that_is_away_is_told(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "queue.db").mkdir()
    with pytest.raises(QueueUnavailable):
        await runner(bot, table(tmp_path)).accept(said("hello"))
