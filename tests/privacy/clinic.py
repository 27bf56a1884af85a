"""Running processes of a whole clinic, and all that they write."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import aio_pika
import sqlalchemy as sa
from rasa.core.brokers.pika import RABBITMQ_EXCHANGE

from assistant.serving import action_server, assistant_server, free_port, process
from tests.actions.outbox.receivers import Hooks, web_server
from tests.channels.messenger.conftest import variables
from tests.channels.messenger.fake_graph import FakeGraph, running_graph
from tests.channels.telegram.fake import TOKEN, FakeTelegram
from tests.processes import own_environment

WAIT = 120.0  # seconds, on a busy machine


@dataclass
class Clinic:
    """Where it is reached, whom it reaches, and where it writes."""

    url: str
    telegram: FakeTelegram
    facebook: FakeGraph
    desk: Hooks
    folder: Path
    database: str

    def written(self) -> dict[str, bytes]:
        """Every file of it, as it lies on the disk now, and the rows of PostgreSQL."""
        files = {file.name: file.read_bytes() for file in self.folder.iterdir()}
        return {**files, **rows(self.database)}

    def desk_has(self, number: int) -> None:
        """Return once so many notices have arrived."""
        deadline = time.monotonic() + WAIT
        while True:
            self.desk.arrived.clear()
            if len(self.desk.received) >= number:
                return
            assert self.desk.arrived.wait(deadline - time.monotonic()), self.desk.received


def rows(database: str) -> dict[str, bytes]:
    """Each table of a PostgreSQL database as text; of SQLite nothing, which is a file."""
    engine = sa.create_engine(database)
    if engine.dialect.name == "sqlite":
        return {}
    copies = {}
    connection = engine.raw_connection()
    for table in sa.inspect(engine).get_table_names():
        copy = BytesIO()
        connection.cursor().copy_expert(f"COPY {table} TO STDOUT", copy)
        copies[table] = copy.getvalue()
    connection.close()
    engine.dispose()
    return copies


@contextmanager
def running_clinic(
    folder: Path, broker_url: str | None, database: str | None = None
) -> Iterator[Clinic]:
    """Assistant, action server and outbox, with all channels and a desk that is told.

    `database` is a URL of PostgreSQL; by default it is SQLite, in the folder.
    """
    port, telegram = free_port(), FakeTelegram()
    with telegram.running(), running_graph() as facebook, web_server() as desk:
        env = {
            **own_environment(folder),
            **variables(facebook),
            "PORT": str(port),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": telegram.url,
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "WEBHOOK_URL": desk.url,
            **({"BROKER_URL": broker_url} if broker_url else {}),
            **({"DATABASE_URL": database} if database else {}),
        }
        outbox = [sys.executable, "-m", "actions.outbox"]
        with (
            process(outbox, env, folder / "outbox.log"),
            action_server(int(env["ACTION_PORT"]), env, folder / "actions.log"),
            assistant_server(port, env, folder / "assistant.log"),
        ):
            telegram.wait(lambda: bool(telegram.webhook))
            url = f"http://127.0.0.1:{port}"
            with nullcontext() if database else write_ahead_log(folder / "clinic.db"):
                yield Clinic(url, telegram, facebook, desk, folder, env["DATABASE_URL"])


@contextmanager
def write_ahead_log(database: Path) -> Iterator[None]:
    """Keep SQLite from emptying and deleting it when the last process hangs up."""
    with closing(sqlite3.connect(database)) as holder:
        holder.execute("select count(*) from inbound_messages").fetchone()
        yield


@dataclass
class Reader:
    """Another program, which gets what goes to RabbitMQ."""

    exchange: aio_pika.abc.AbstractExchange
    messages: list[bytes] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _end: bytes = field(default_factory=lambda: uuid.uuid4().bytes)

    async def take(self, message: aio_pika.abc.AbstractIncomingMessage) -> None:
        if message.body == self._end:
            self.ended.set()
        else:
            self.messages.append(message.body)

    async def all(self) -> list[bytes]:
        """All that was published before this was called."""
        await self.exchange.publish(aio_pika.Message(self._end), "")
        await asyncio.wait_for(self.ended.wait(), WAIT)
        return self.messages


@asynccontextmanager
async def reader(broker_url: str) -> AsyncIterator[Reader]:
    """A program that reads from now on; its queue ends with it."""
    async with await aio_pika.connect(broker_url) as connection:
        channel = await connection.channel()
        exchange = await channel.declare_exchange(RABBITMQ_EXCHANGE, aio_pika.ExchangeType.FANOUT)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange)
        reading = Reader(exchange)
        await queue.consume(reading.take, no_ack=True)
        yield reading
