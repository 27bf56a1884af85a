"""PostgreSQL, Redis and RabbitMQ fail in the middle of conversations: what visitors see."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import aio_pika
import pytest
import redis
import sqlalchemy as sa
from rasa.core.brokers.pika import RABBITMQ_EXCHANGE
from sqlalchemy.engine import Engine

from assistant.serving import action_server, assistant_server, free_port
from tests.channels.web.conftest import Browser, lend_websockets
from tests.integration.line import Line
from tests.integration.servers import RABBITMQ, REDIS, needs, new_database
from tests.processes import own_environment
from tests.rest_visitor import RestVisitor

pytestmark = pytest.mark.server

SECONDS = 60.0
SWIFT = 20.0  # a turn that nothing else ends is given up after 30 seconds
CRISIS = "i want to kill myself"


@dataclass
class Clinic:
    """A running assistant, and its lines to the servers behind it."""

    url: str
    database: Engine
    redis: Line
    rabbitmq: Line
    log: Path

    def visitor(self) -> Visitor:
        return Visitor(self.url)

    def rows(self, query: str, **values: object) -> list[tuple[object, ...]]:
        with self.database.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query), values)]

    def end_connections(self) -> int:
        """Have PostgreSQL end every connection but this one; returns how many there were."""
        query = (
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        return len(self.rows(query))

    def texts(self, visitor: Visitor) -> list[str]:
        """What is kept of what a visitor said."""
        query = (
            "select data from events where sender_id = :sender and type_name = 'user' order by id"
        )
        rows = self.rows(query, sender=f"rest:{visitor.sender}")
        return [json.loads(str(data))["text"] for (data,) in rows]

    def until(self, happened: Callable[[], bool]) -> None:
        """Let somebody ask until it has happened: what waits is written with the next turn."""
        deadline = time.monotonic() + SECONDS
        while not happened():
            assert time.monotonic() < deadline
            self.visitor().say("hello")


class Visitor(RestVisitor):
    """Somebody who is answered soon."""

    def say(self, text: str, seconds: float = SECONDS) -> str:
        begun = time.monotonic()
        said = super().say(text, seconds)
        assert time.monotonic() - begun < SWIFT
        return said


@pytest.fixture(scope="module")
def clinic(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    for name, port in (("PostgreSQL", 5432), ("Redis", 6379), ("RabbitMQ", 5672)):
        needs(name, port)
    folder, port = tmp_path_factory.mktemp("clinic"), free_port()
    with ExitStack() as stack:
        database = stack.enter_context(new_database())
        redis = stack.enter_context(Line(6379).up())
        rabbitmq = stack.enter_context(Line(5672).up())
        env = {
            **own_environment(folder),
            "DATABASE_URL": database,
            "REDIS_URL": f"redis://127.0.0.1:{redis.port}/0",
            "BROKER_URL": f"amqp://guest:guest@127.0.0.1:{rabbitmq.port}/",
        }
        actions = action_server(int(env["ACTION_PORT"]), env, folder / "actions.log")
        stack.enter_context(actions)
        stack.enter_context(assistant_server(port, env, folder / "assistant.log"))
        engine = sa.create_engine(database, poolclass=sa.pool.NullPool)
        url = f"http://127.0.0.1:{port}"
        yield Clinic(url, engine, redis, rabbitmq, folder / "assistant.log")


def test_a_form_goes_on_when_postgresql_ends_the_connections(clinic: Clinic) -> None:
    ann = clinic.visitor()
    assert "first name" in ann.say("please have someone call me back")
    ann.say("Marcus")
    assert clinic.end_connections()
    ann.say("480 555 0117")
    assert clinic.end_connections()
    summary = ann.say("afternoons")
    assert "Marcus" in summary
    assert "(480) 555-0117" in summary
    assert clinic.end_connections()
    assert "code" in ann.say("yes")
    assert clinic.rows("select count(*) from contact_requests where status = 'open'") == [(1,)]


@contextmanager
def storm(clinic: Clinic) -> Iterator[list[int]]:
    """PostgreSQL ends every connection, over and over."""
    over, ended = threading.Event(), []

    def blow() -> None:
        while not over.is_set():
            ended.append(clinic.end_connections())

    blowing = threading.Thread(target=blow)
    blowing.start()
    try:
        yield ended
    finally:
        over.set()
        blowing.join()


def test_no_turn_is_lost_while_postgresql_ends_connections_all_the_time(clinic: Clinic) -> None:
    visitors = [clinic.visitor() for _ in range(3)]
    questions = ["what is ketamine", "what are the side effects", "is it safe"]
    with storm(clinic) as ended:
        for question in questions:
            for visitor in visitors:
                assert "ource: our article" in visitor.say(question)
        assert "988" in clinic.visitor().say(CRISIS)
    assert sum(ended)
    clinic.until(lambda: all(clinic.texts(visitor) == questions for visitor in visitors))


def test_conversations_go_on_when_redis_is_cut_off(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend_websockets(monkeypatch)
    ann = clinic.visitor()
    assert "first name" in ann.say("please have someone call me back")
    assert clinic.redis.in_use()
    asyncio.run(_chat_while(clinic, clinic.redis.cut))
    ann.say("Zoe")
    assert "988" in clinic.visitor().say(CRISIS)
    clinic.redis.mend()
    ann.say("480 555 0118")
    assert "Zoe" in ann.say("mornings")
    assert _lock_failures(clinic)


async def _chat_while(clinic: Clinic, fails: Callable[[], object]) -> None:
    before, after = (Browser(clinic.url, seconds=SECONDS) for _ in range(2))
    await before.connect()
    await before.say("what is ketamine")
    assert "article" in (await before.next(SWIFT))["text"]
    fails()
    await after.connect()
    for browser in (before, after):
        assert await browser.say("what are the side effects") == {"ok": True}
        assert "dizziness" in (await browser.next(SWIFT))["text"]
        await browser.client.disconnect()


def test_conversations_go_on_when_redis_falls_silent(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend_websockets(monkeypatch)
    ann = clinic.visitor()
    clinic.until(lambda: _locks_are_used(clinic))
    failed = _lock_failures(clinic)
    clinic.redis.strand()
    assert "article" in ann.say("what is ketamine")
    assert _lock_failures(clinic) > failed
    asyncio.run(_chat_while(clinic, clinic.redis.strand))


def _locks_are_used(clinic: Clinic) -> bool:
    taken = _locks_taken()
    clinic.visitor().say("hello")
    return _locks_taken() > taken


def _locks_taken() -> int:
    """How often a key was set, which a lock is; what is sent to other processes is not."""
    with redis.Redis.from_url(REDIS) as server:
        return int(server.info("commandstats").get("cmdstat_set", {}).get("calls", 0))


def _lock_failures(clinic: Clinic) -> int:
    return clinic.log.read_text("utf-8").count("locks.unavailable")


@pytest.mark.parametrize("fault", ["cut", "strand"])
async def test_events_arrive_in_order_after_rabbitmq_was_away(clinic: Clinic, fault: str) -> None:
    ann, heard = clinic.visitor(), asyncio.Queue[str]()
    questions = ["what is ketamine", "what are the side effects", "is it safe"]
    async with await aio_pika.connect(RABBITMQ) as connection:
        channel = await connection.channel()
        exchange = await channel.declare_exchange(RABBITMQ_EXCHANGE, aio_pika.ExchangeType.FANOUT)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange)

        async def hear(message: aio_pika.abc.AbstractIncomingMessage) -> None:
            event = json.loads(message.body)
            if (event["sender_id"], event["event"]) == (f"rest:{ann.sender}", "user"):
                await heard.put(event["text"])

        await queue.consume(hear, no_ack=True)
        await asyncio.to_thread(ann.say, questions[0])
        arrived = [await asyncio.wait_for(heard.get(), SECONDS)]
        assert clinic.rabbitmq.in_use()
        getattr(clinic.rabbitmq, fault)()
        for question in questions[1:]:
            assert "article" in await asyncio.to_thread(ann.say, question)
        if fault == "cut":
            clinic.rabbitmq.mend()
        while arrived[-1] != questions[-1]:
            arrived.append(await asyncio.wait_for(heard.get(), SECONDS))
    assert list(dict.fromkeys(arrived)) == questions  # what was not confirmed comes twice
