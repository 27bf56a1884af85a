"""What is under way to RabbitMQ when the process ends; tests/integration has the real one."""

from __future__ import annotations

import asyncio
from typing import Any

from assistant.stores.broker import RedactedEvents


class SlowExchange:
    """Confirms what it is given when it is told to."""

    def __init__(self) -> None:
        self.given = asyncio.Event()
        self.confirms = asyncio.Event()
        self.confirmed: list[Any] = []

    async def publish(self, message: Any, routing_key: str, timeout: float) -> None:
        self.given.set()
        await self.confirms.wait()
        self.confirmed.append(message)


async def test_the_end_waits_for_what_is_not_confirmed_yet() -> None:
    broker, exchange = RedactedEvents("amqp://127.0.0.1/"), SlowExchange()
    broker._exchange = exchange  # type: ignore[assignment]
    broker._sending = asyncio.create_task(broker._send(exchange))  # type: ignore[arg-type]
    broker.publish({"event": "user"})
    await exchange.given.wait()
    closing = asyncio.create_task(broker.close())
    asyncio.get_running_loop().call_soon(exchange.confirms.set)
    await closing
    assert len(exchange.confirmed) == 1
