"""Conversations for other programs: redacted events in RabbitMQ, by BROKER_URL."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import aio_pika
import structlog
from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import DEFAULT_QUEUE_NAME, RABBITMQ_EXCHANGE
from rasa.utils.endpoints import EndpointConfig

from assistant.settings import settings

logger = structlog.get_logger()

Event = dict[str, Any]

KEPT = 10_000  # events that wait for RabbitMQ; the oldest is given up first
_RETRY = 5.0  # seconds between attempts
_CONFIRM = 5.0  # seconds that RabbitMQ gets to take a batch of events
_GOODBYE = 1.0  # seconds for the end of a connection
_BATCH = 100  # events whose confirmation is awaited together; each alone takes a disk's time


class RedactedEvents(EventBroker):  # type: ignore[misc]
    """Publishes to the exchange and queue of Rasa's RabbitMQ broker, and is never in the way.

    Rasa's own waits for RabbitMQ at the start, loses what is published before it is connected,
    logs the text of what it could not publish, and keeps no order. This one connects beside
    the conversations, sends the events in order, keeps a bounded number of them while RabbitMQ
    is away, and logs no text. What was sent but not confirmed is sent again, so that it may come
    twice. What it is given has been redacted by `RedactingTrackerStore`.

    Set in endpoints.yml as `type: assistant.stores.broker.RedactedEvents`.
    """

    def __init__(self, url: str) -> None:
        """Create the broker; `url` is amqp:// or amqps://, with user, password and vhost."""
        super().__init__()
        self._url = url
        self._waiting: deque[Event] = deque(maxlen=KEPT)
        self._news = asyncio.Event()
        self._sent_all = asyncio.Event()
        self._exchange: aio_pika.abc.AbstractExchange | None = None
        self._sending: asyncio.Task[None] | None = None

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig | None, event_loop: Any = None
    ) -> EventBroker | None:
        """Return the broker that BROKER_URL names; None without one."""
        url = settings().broker_url
        if url is None:
            return None
        broker = cls(url.get_secret_value())
        broker._sending = asyncio.create_task(broker._send_for_ever())
        return broker

    def publish(self, event: Event, headers: dict[str, str] | None = None) -> None:
        """Have an event sent soon."""
        self._waiting.append(event)
        self._sent_all.clear()
        self._news.set()

    def is_ready(self) -> bool:
        """Return whether RabbitMQ was reached."""
        return self._exchange is not None

    async def close(self) -> None:
        """Have what waits or is under way confirmed, for some seconds, and hang up."""
        if self.is_ready():
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._sent_all.wait(), _CONFIRM)
        if self._sending:
            self._sending.cancel()
            await asyncio.wait([self._sending])

    async def _send_for_ever(self) -> None:
        while True:
            try:
                async with _connected(self._url) as connection:
                    self._exchange = await asyncio.wait_for(_exchange(connection), _CONFIRM)
                    await self._send(self._exchange)
            # The libraries below raise many kinds; none of it may end the sending.
            except Exception as error:
                logger.error("broker.unavailable", error=type(error).__name__)
            self._exchange = None
            await asyncio.sleep(_RETRY)

    async def _send(self, exchange: aio_pika.abc.AbstractExchange) -> None:
        while True:
            while self._waiting:
                await self._send_batch(exchange)
            self._sent_all.set()
            self._news.clear()
            await self._news.wait()

    async def _send_batch(self, exchange: aio_pika.abc.AbstractExchange) -> None:
        batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
        sent = await asyncio.gather(
            *(_publish(exchange, event) for event in batch), return_exceptions=True
        )
        for index, outcome in enumerate(sent):
            if isinstance(outcome, BaseException):
                self._put_back(batch[index:])
                raise outcome

    def _put_back(self, events: list[Event]) -> None:
        """Put events in front of what came meanwhile; the oldest of all is given up first."""
        room = KEPT - len(self._waiting)
        self._waiting.extendleft(reversed(events[max(len(events) - room, 0) :]))


@contextlib.asynccontextmanager
async def _connected(url: str) -> AsyncIterator[aio_pika.abc.AbstractConnection]:
    connection = await aio_pika.connect(url, timeout=_CONFIRM)
    try:
        yield connection
    finally:
        # Over a line that has fallen silent nobody says goodbye.
        with contextlib.suppress(Exception):
            await asyncio.wait_for(connection.close(), _GOODBYE)


async def _publish(exchange: aio_pika.abc.AbstractExchange, event: Event) -> None:
    await exchange.publish(_message(event), "", timeout=_CONFIRM)


async def _exchange(connection: aio_pika.abc.AbstractConnection) -> aio_pika.abc.AbstractExchange:
    channel = await connection.channel()
    exchange = await channel.declare_exchange(RABBITMQ_EXCHANGE, aio_pika.ExchangeType.FANOUT)
    queue = await channel.declare_queue(DEFAULT_QUEUE_NAME, durable=True)
    await queue.bind(exchange)
    return exchange


def _message(event: Event) -> aio_pika.Message:
    body = json.dumps(event).encode()
    return aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
