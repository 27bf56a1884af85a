"""Answers for visitors who are connected to another process, by REDIS_URL."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from socketio import AsyncManager, AsyncRedisManager, AsyncServer

from assistant.channels.queue import DeliveryFailed
from assistant.channels.web.presence import PATIENCE, Payload
from assistant.settings import Settings

_CHANNEL = "assistant-web"
_CONNECT = 2.0  # seconds that Redis gets to take a connection


def client_manager(settings: Settings) -> AsyncManager:
    """Return what shares the sockets of all processes; of this one alone without REDIS_URL."""
    if settings.redis_url is None:
        return AsyncManager()
    options = {"socket_connect_timeout": _CONNECT}
    url = settings.redis_url.get_secret_value()
    return AsyncRedisManager(url, channel=_CHANNEL, redis_options=options)


class FanOut:
    """Sends through Redis to sockets of our widget, which says what it has received.

    Stock clients are left out: they acknowledge nothing, so that nobody could tell whether one
    is connected at all. They get their answer when they are back at this process.
    """

    def __init__(self, sio: AsyncServer) -> None:
        """Create it; without Redis it reaches nobody."""
        self._sio = sio

    async def start(self) -> None:
        """Listen to the other processes from now on, not from the first visitor on."""
        if not self._sio.manager_initialized:
            self._sio.manager_initialized = True
            self._sio.manager.initialize()

    async def stop(self) -> None:
        """Stop listening."""
        if listening := getattr(self._sio.manager, "thread", None):
            listening.cancel()

    async def join(self, sid: str, visitor: str) -> None:
        """Have a socket of our widget hear what other processes have for its visitor."""
        for room in self._sio.rooms(sid):
            if room != sid:
                await self._sio.leave_room(sid, room)
        await self._sio.enter_room(sid, visitor)

    async def deliver(self, visitor: str, payloads: list[Payload]) -> None:
        """Send payloads to a visitor's sockets wherever they are.

        Raises:
            DeliveryFailed: if no socket acknowledged them in time.
        """
        if not isinstance(self._sio.manager, AsyncRedisManager):
            raise DeliveryFailed
        missing = set(range(len(payloads)))
        arrived = asyncio.Event()

        def acknowledged(index: int, *_: Any) -> None:
            missing.discard(index)
            if not missing:
                arrived.set()

        for index, payload in enumerate(payloads):
            noted = partial(acknowledged, index)
            await self._sio.emit("bot_uttered", payload, to=visitor, callback=noted)
        try:
            await asyncio.wait_for(arrived.wait(), PATIENCE)
        except asyncio.TimeoutError as error:
            raise DeliveryFailed from error
