"""Conversations for other programs: redacted events in RabbitMQ, by BROKER_URL."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import aio_pika
import structlog
from aiormq.exceptions import AMQPError
from rasa.core.brokers.broker import EventBroker
from rasa.core.brokers.pika import DEFAULT_QUEUE_NAME, PikaEventBroker
from rasa.utils.endpoints import EndpointConfig

from assistant.settings import settings

logger = structlog.get_logger()

Event = dict[str, Any]

KEPT = 10_000  # events that wait for RabbitMQ; the oldest is given up first
_RETRY = 5.0  # seconds between attempts to connect
_FAILURES = (AMQPError, OSError, asyncio.TimeoutError)


class RedactedEvents(PikaEventBroker):  # type: ignore[misc]
    """Rasa's RabbitMQ broker: same exchange and queue, same messages, and never in the way.

    Rasa's own waits for RabbitMQ at the start, loses what is published before it is connected,
    and logs the text of an event that could not be published. This one connects beside the
    conversations, keeps a bounded number of events meanwhile, and logs no text. What it is
    given has been redacted by `RedactingTrackerStore`.

    Set in endpoints.yml as `type: assistant.stores.broker.RedactedEvents`.
    """

    def __init__(self, url: str) -> None:
        """Create the broker; `url` is amqp:// or amqps://, with user, password and vhost."""
        # Rasa logs the host; the password must not stand in it.
        super().__init__(urlsplit(url).hostname or "", "", "", queues=[DEFAULT_QUEUE_NAME])
        self._url = url
        self._unpublished_events: deque[Event] = deque(maxlen=KEPT)
        self._connecting: asyncio.Task[None] | None = None

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig | None, event_loop: Any = None
    ) -> EventBroker | None:
        """Return the broker that BROKER_URL names; None without one."""
        url = settings().broker_url
        if url is None:
            return None
        broker = cls(url.get_secret_value())
        broker._connecting = asyncio.create_task(broker._connect_at_last())
        return broker

    async def close(self) -> None:
        """Give RabbitMQ what is on its way, and hang up."""
        if self._connecting:
            self._connecting.cancel()
        if self._background_tasks:
            await asyncio.wait(self._background_tasks, timeout=_RETRY)
        await super().close()

    async def _connect_at_last(self) -> None:
        while True:
            try:
                await self.connect()
            except _FAILURES as error:
                logger.error("broker.unavailable", error=type(error).__name__)
                await asyncio.sleep(_RETRY)
            else:
                self._publish_unpublished_messages()
                return

    async def _connect(self) -> aio_pika.abc.AbstractRobustConnection:
        return await aio_pika.connect_robust(self._url)

    async def _publish(self, event: Event, headers: dict[str, str] | None = None) -> None:
        if self._exchange is None:
            self._unpublished_events.append(event)
            return
        try:
            await self._exchange.publish(self._message(event, headers), "", timeout=_RETRY)
        # The libraries below raise many kinds, and an event is worth keeping whatever it was.
        except Exception as error:
            logger.error("broker.not_published", error=type(error).__name__)
            self._unpublished_events.append(event)
        else:
            self._publish_unpublished_messages()
