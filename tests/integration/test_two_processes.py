"""Two processes behind nginx: one may be killed or restarted, and no visitor notices."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from socketio.exceptions import SocketIOError

from assistant.channels.queue.table import table as waiting
from assistant.serving import action_server
from assistant.stores.history import table as events
from bench.processes.nginx import find_nginx
from tests.channels.telegram.fake import TOKEN, FakeTelegram
from tests.channels.web.conftest import Browser, websockets
from tests.integration.pair import Pair, pair
from tests.integration.servers import REDIS, needs, new_database
from tests.processes import own_environment
from tests.rest_visitor import RestVisitor

__all__ = ["websockets"]

pytestmark = pytest.mark.server
QUESTIONS = ("what are the side effects", "what does it cost", "how do i prepare", "is it safe")
VISITORS = 4
LEASE = 15.0  # seconds, as own_environment sets it
TURNS = 45.0  # seconds that a busy machine gets for the turns after it


@pytest.fixture(scope="module")
def telegram() -> Iterator[FakeTelegram]:
    fake = FakeTelegram()
    with fake.running():
        yield fake
    assert not fake.refused()


@pytest.fixture(scope="module")
def env(
    tmp_path_factory: pytest.TempPathFactory, telegram: FakeTelegram
) -> Iterator[dict[str, str]]:
    needs("PostgreSQL", 5432)
    needs("Redis", 6379)
    if find_nginx() is None:
        pytest.skip("nginx is not installed")
    with new_database() as database:
        yield {
            **own_environment(tmp_path_factory.mktemp("clinic")),
            "DATABASE_URL": database,
            "REDIS_URL": REDIS,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": telegram.url,
        }


@pytest.fixture(scope="module")
def both(
    trained_model: Path, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    actions = action_server(int(env["ACTION_PORT"]), env, folder / "actions.log")
    with actions, pair(folder, env) as two:
        yield two


@pytest.fixture
def two(both: Pair) -> Iterator[Pair]:
    both.start_what_is_gone()
    yield both


class CuriousVisitor(RestVisitor):
    """Somebody who keeps a connection open, and asks one question after the other."""

    def __init__(self, url: str) -> None:
        super().__init__(url, httpx.Client())
        self.failed: list[str] = []
        self.written = 0

    def say(self, text: str, seconds: float = 90) -> str:
        return super().say(text, seconds)

    def keep_asking(self, over: threading.Event) -> None:
        """Ask one question after the other until it is over, and note what fails."""
        while not over.is_set():
            question = QUESTIONS[self.written % len(QUESTIONS)]
            self.written += 1
            try:
                self.say(question)
            except (AssertionError, httpx.HTTPError) as error:
                self.failed.append(f"{question}: {error!r}")


class TelegramVisitors:
    """New ones all the time, with one question each."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.failed: list[str] = []
        self.written: list[int] = []
        self._telegram = telegram

    def keep_asking(self, over: threading.Event) -> None:
        """Deliver one update after the other until it is over, and note what is not taken."""
        while not over.wait(0.5):
            chat = 8_000 + len(self.written)
            self.written.append(chat)
            try:
                status = self._telegram.deliver(self._telegram.write(chat, QUESTIONS[0]))
            except httpx.HTTPError as error:
                self.failed.append(repr(error))
            else:
                if status != 200:
                    self.failed.append(f"update answered {status}")


class WebVisitor:
    """Chats as the widget does: connects again, and repeats what was not acknowledged."""

    def __init__(self, url: str) -> None:
        self.heard: list[str] = []
        self.written = 0
        self._browser = Browser(url)

    @property
    def session(self) -> str:
        return self._browser.session

    async def keep_asking(self, over: threading.Event) -> None:
        """Ask one question after the other until it is over; each waits for its answer."""
        while not self._browser.client.connected:
            await self._connect_again()
        while not await asyncio.to_thread(over.wait, 2):  # the widget's visitors have a limit
            number = self.written
            self.written += 1
            while not await self._acknowledged(number):
                await self._connect_again()
            while (answer := await self._next()) is None:
                await self._connect_again()
            self.heard.append(answer)
        await self._browser.client.disconnect()

    async def _acknowledged(self, number: int) -> bool:
        question = QUESTIONS[number % len(QUESTIONS)]
        try:
            return "ok" in await self._browser.say(question, message_id=f"m{number}")
        except SocketIOError:
            return False

    async def _next(self) -> str | None:
        """Return the id of the next answer; None if the connection ends before."""
        heard = asyncio.create_task(self._browser.heard.get())
        lost = asyncio.create_task(self._browser.client.wait())
        done, other = await asyncio.wait(
            {heard, lost}, timeout=LEASE + TURNS, return_when=asyncio.FIRST_COMPLETED
        )
        for task in other:
            task.cancel()
        assert done, "no answer"
        return str(heard.result()["id"]) if heard in done else None

    async def _connect_again(self) -> None:
        again = Browser(self._browser.url, heard=self._browser.heard)
        with contextlib.suppress(SocketIOError, asyncio.TimeoutError):
            await again.connect(self.session or None)
            assert self.session in ("", again.session)
            self._browser = again


def rows(env: dict[str, str], query: sa.sql.Select) -> list[sa.engine.Row]:
    engine = sa.create_engine(env["DATABASE_URL"])
    try:
        with engine.connect() as connection:
            return list(connection.execute(query))
    finally:
        engine.dispose()


def texts(env: dict[str, str], sender: str) -> int:
    """Return how many of a conversation's messages were written down."""
    query = sa.select(events.c.id).where(events.c.sender_id == sender, events.c.type_name == "user")
    return len(rows(env, query))


def test_a_conversation_stays_at_one_process(two: Pair) -> None:
    visitors = [CuriousVisitor(two.url) for _ in range(12)]
    for visitor in visitors:
        for _ in range(2):
            visitor.say("hello")
    answered = [set(two.answered(visitor.sender)) for visitor in visitors]
    assert all(len(one) == 1 for one in answered), answered
    # By chance all 12 hash to the same once in 2,048 runs.
    assert len(set.union(*answered)) == 2


def test_a_conversation_goes_on_when_its_process_is_killed(two: Pair, env: dict[str, str]) -> None:
    lucia = CuriousVisitor(two.url)
    lucia.say("cuanto cuesta la terapia")
    lucia.say("quiero que me llamen")
    lucia.say("me llamo Lucía")
    (first,) = set(two.answered(lucia.sender))
    two.kill(first)
    assert "hora" in lucia.say("480 555 0117").lower()
    summary = lucia.say("mañana por la tarde")
    assert "Nombre: Lucía" in summary
    assert "(480) 555-0117" in summary
    assert "código" in lucia.say("sí")
    assert set(two.answered(lucia.sender)[3:]) == {two.other(first)}
    assert texts(env, f"rest:{lucia.sender}") == 6
    requests = sa.select(sa.column("status")).select_from(sa.table("contact_requests"))
    assert rows(env, requests) == [("open",)]


def test_what_a_killed_process_took_from_telegram_the_other_answers(
    two: Pair, telegram: FakeTelegram
) -> None:
    killed, chats = two.ports[0], range(7_000, 7_010)
    telegram.wait(lambda: bool(telegram.webhook))
    place = telegram.webhook["url"].replace(two.url, f"http://127.0.0.1:{killed}")
    secret = {"X-Telegram-Bot-Api-Secret-Token": telegram.webhook["secret_token"]}
    for chat in chats:
        update = telegram.write(chat, "what are the side effects")
        assert httpx.post(place, json=update, headers=secret, timeout=60).status_code == 200
    answered = sum(bool(telegram.sent(chat)) for chat in chats)
    two.kill(killed)
    assert answered < len(chats), "the process was killed too late to tell"
    begun = time.monotonic()
    for chat in chats:
        telegram.wait_for_messages(chat)
    assert time.monotonic() - begun < LEASE + TURNS
    assert all("dizziness" in telegram.texts(chat) for chat in chats)


async def test_a_web_visitor_whose_process_is_killed_gets_every_answer(
    two: Pair, env: dict[str, str]
) -> None:
    ann, back = Browser(two.url), Browser(two.url)
    ids = [f"m{number}" for number in range(8)]
    await ann.connect()
    for message_id in ids:
        assert await ann.say("is it safe", message_id=message_id) == {"ok": True}
    of_web = sa.select(waiting.c.owner).where(waiting.c.channel == "web").distinct()
    ((owner,),) = rows(env, of_web)
    two.kill(int(owner.rpartition(":")[2]))
    await ann.client.wait()
    heard = [ann.heard.get_nowait()["id"] for _ in range(ann.heard.qsize())]
    assert len(heard) < len(ids), "the process was killed too late to tell"
    await back.connect(ann.session)
    assert back.session == ann.session
    while len(set(heard)) < len(ids):
        heard.append((await back.next(LEASE + TURNS))["id"])
    await back.client.disconnect()
    assert list(dict.fromkeys(heard)) == [f"{message_id}.0" for message_id in ids]


async def test_a_rolling_restart_fails_nobody(
    two: Pair, env: dict[str, str], telegram: FakeTelegram
) -> None:
    telegram.wait(lambda: bool(telegram.webhook))
    over = threading.Event()
    rest = [CuriousVisitor(two.url) for _ in range(VISITORS)]
    chats = TelegramVisitors(telegram)
    web = WebVisitor(two.url)
    writing = [asyncio.to_thread(one.keep_asking, over) for one in (*rest, chats)]
    talks = asyncio.gather(*writing, web.keep_asking(over))
    try:
        await asyncio.to_thread(_restart_one_after_the_other, two)
    finally:
        over.set()
    await talks
    for port in two.ports:
        assert "turn.failed" not in two.said(port)
    for visitor in rest:
        assert not visitor.failed
        assert texts(env, f"rest:{visitor.sender}") == visitor.written
    assert not chats.failed
    for chat in chats.written:
        telegram.wait_for_messages(chat)
    assert [chat for chat in chats.written if len(telegram.sent(chat)) != 1] == []
    assert web.heard == [f"m{number}.0" for number in range(web.written)]
    assert texts(env, f"web:{web.session.partition('.')[0]}") == web.written
    assert rows(env, sa.select(waiting.c.id).where(waiting.c.sealed.is_not(None))) == []


def _restart_one_after_the_other(two: Pair) -> None:
    for port in two.ports:
        two.stop(port)
        two.start(port)
