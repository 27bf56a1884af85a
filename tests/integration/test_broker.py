"""Other programs get the conversations, without what tells who a visitor is."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aio_pika
import pytest
import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import RABBITMQ_EXCHANGE
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.utils.endpoints import read_endpoint_config

from assistant.serving import free_port
from assistant.settings import ROOT, settings
from assistant.stores import broker
from assistant.stores.broker import RedactedEvents
from assistant.stores.tracker_store import RedactingTrackerStore
from tests.integration.servers import RABBITMQ, needs
from tests.stores.conftest import DOMAIN
from tests.stores.talk import DANGER, said, session_start, talk, turn

SECONDS = 20


class Subscriber:
    """A program of the clinic's that reads along."""

    def __init__(self) -> None:
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def hear(self, message: aio_pika.abc.AbstractIncomingMessage) -> None:
        self._heard.put_nowait(json.loads(message.body))

    async def events_of(self, sender: str, number: int) -> list[dict[str, Any]]:
        """Return the next events of a conversation."""
        events: list[dict[str, Any]] = []
        while len(events) < number:
            event = await asyncio.wait_for(self._heard.get(), SECONDS)
            if event["sender_id"] == sender:
                events.append(event)
        return events


@pytest.fixture
async def subscriber() -> AsyncIterator[Subscriber]:
    needs("RabbitMQ", 5672)
    connection = await aio_pika.connect_robust(RABBITMQ)
    async with connection:
        channel = await connection.channel()
        exchange = await channel.declare_exchange(RABBITMQ_EXCHANGE, aio_pika.ExchangeType.FANOUT)
        queue = await channel.declare_queue(exclusive=True)
        await queue.bind(exchange)
        subscriber = Subscriber()
        await queue.consume(subscriber.hear, no_ack=True)
        yield subscriber


@pytest.fixture
def sender() -> str:
    return f"rest:{uuid.uuid4().hex}"


async def _store(folder: Path) -> RedactingTrackerStore:
    """The store as endpoints.yml sets it up, with the broker beside it."""
    configured = read_endpoint_config(str(ROOT / "endpoints.yml"), "event_broker")
    published = await EventBroker.create(configured)
    assert isinstance(published, RedactedEvents)
    url = f"sqlite:///{folder / 'clinic.db'}"
    return RedactingTrackerStore(Domain.from_yaml(DOMAIN), url, published)


async def test_events_arrive_redacted(
    broker_url: str, subscriber: Subscriber, sender: str, tmp_path: Path
) -> None:
    store = await _store(tmp_path)
    form = turn(
        said("I'm Marcus, 480 555 0117, me@x.org", "inform"),
        SlotSet("private_words", ["Marcus"]),
        answer="Thanks, Marcus. I have (480) 555-0117.",
    )
    danger = turn(said("I will take the pills", "crisis", DANGER), answer="Call 988.")
    expected = [*session_start(), *form, *danger]
    await talk(store, sender, *form, *danger)
    events = await subscriber.events_of(sender, len(expected))
    await store.event_broker.close()
    texts = [event["text"] for event in events if event["event"] in ("user", "bot")]
    assert texts[:2] == ["I'm [name], [phone], [email]", "Thanks, [name]. I have [phone]."]
    sent = json.dumps(events)
    for secret in ("Marcus", "0117", "me@x", "pills"):
        assert secret not in sent


async def test_what_happens_while_rabbitmq_is_away_arrives_later(
    subscriber: Subscriber, sender: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setattr(broker, "_RETRY", 0.1)
    monkeypatch.setenv("BROKER_URL", f"amqp://guest:guest@127.0.0.1:{port}/")
    settings.cache_clear()
    with structlog.testing.capture_logs() as logs:
        store = await asyncio.wait_for(_store(tmp_path), SECONDS)
        events = turn(said("What does it cost?"))
        await asyncio.wait_for(talk(store, sender, *events), SECONDS)
        expected = [event.type_name for event in [*session_start(), *events]]
        async with _back(port):
            arrived = await subscriber.events_of(sender, len(expected))
            await store.event_broker.close()
    assert [event["event"] for event in arrived] == expected
    assert "broker.unavailable" in {line["event"] for line in logs}
    assert "cost" not in str(logs)
    assert "guest" not in str(logs)


@asynccontextmanager
async def _back(port: int) -> AsyncIterator[None]:
    """RabbitMQ on another port, from now on."""

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", 5672)
        await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))

    server = await asyncio.start_server(forward, "127.0.0.1", port)
    async with server:
        yield


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def test_there_is_no_broker_without_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BROKER_URL", raising=False)
    settings.cache_clear()
    configured = read_endpoint_config(str(ROOT / "endpoints.yml"), "event_broker")
    assert await EventBroker.create(configured) is None
