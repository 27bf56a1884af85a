"""Who is connected, and answers on their way to them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from assistant.channels.queue import DeliveryFailed

PATIENCE = 10.0  # seconds until a browser that says nothing counts as gone

Payload = dict[str, Any]
# Sends an event to a socket; the callback, if any, is called when the socket has acknowledged.
Send = Callable[[str, Payload, Callable[..., None] | None], Awaitable[None]]
# Delivers to a visitor who is connected to another process; raises DeliveryFailed.
DeliverElsewhere = Callable[[str, list[Payload]], Awaitable[None]]


async def nowhere_else(visitor: str, payloads: list[Payload]) -> None:
    """Stand for the other processes where there are none."""
    raise DeliveryFailed


@dataclass(frozen=True)
class Socket:
    """A connection: one of a visitor's tabs.

    Attributes:
        sid: its id in Socket.IO.
        visitor: whose it is.
        acknowledges: whether its client says what it has received, as our widget does.
    """

    sid: str
    visitor: str
    acknowledges: bool


@dataclass(eq=False)
class _Delivery:
    payloads: list[Payload]
    over: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: bool = False
    received: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def acknowledged(self, sid: str, index: int, *_: object) -> None:
        """Note that a socket has one of the payloads; all of them make the delivery."""
        self.received[sid].add(index)
        if len(self.received[sid]) == len(self.payloads):
            self.arrived = True
            self.over.set()


class Presence:
    """The sockets of each visitor.

    An answer is delivered when one of the visitor's sockets has all of it. A socket that joins
    while it is on its way gets it too, so that a reload in this moment costs nothing.
    """

    def __init__(
        self,
        send: Send,
        elsewhere: DeliverElsewhere = nowhere_else,
        patience: float = PATIENCE,
    ) -> None:
        """Create it with nobody connected; `patience` is in seconds."""
        self._send = send
        self._elsewhere = elsewhere
        self._patience = patience
        self._sockets: dict[str, Socket] = {}
        self._of_visitor: defaultdict[str, dict[str, Socket]] = defaultdict(dict)
        self._under_way: defaultdict[str, list[_Delivery]] = defaultdict(list)

    def visitor_of(self, sid: str) -> str | None:
        """Return whose socket this is; None before its session is known."""
        socket = self._sockets.get(sid)
        return socket.visitor if socket else None

    def sids_of(self, visitor: str) -> list[str]:
        """Return the ids of a visitor's sockets."""
        return list(self._of_visitor.get(visitor, ()))

    async def join(self, socket: Socket) -> None:
        """Add a socket, or move it to another visitor."""
        if self.visitor_of(socket.sid) == socket.visitor:
            return
        self.leave(socket.sid)
        self._sockets[socket.sid] = socket
        self._of_visitor[socket.visitor][socket.sid] = socket
        for delivery in list(self._under_way.get(socket.visitor, ())):
            await self._offer(socket, delivery)

    def leave(self, sid: str) -> None:
        """Remove a socket; what was on its way to its visitor has failed if it was the last."""
        socket = self._sockets.pop(sid, None)
        if socket is None:
            return
        others = self._of_visitor[socket.visitor]
        del others[sid]
        if not others:
            del self._of_visitor[socket.visitor]
            for delivery in self._under_way.get(socket.visitor, ()):
                delivery.over.set()

    async def deliver(self, visitor: str, payloads: list[Payload]) -> None:
        """Send payloads to all sockets of a visitor, and wait until one has them all.

        A visitor without a socket here may have one at another process.

        Raises:
            DeliveryFailed: if the visitor is not connected, or no socket acknowledged in time.
        """
        if not self.sids_of(visitor):
            return await self._elsewhere(visitor, payloads)
        delivery = _Delivery(payloads)
        self._under_way[visitor].append(delivery)
        try:
            for socket in list(self._of_visitor[visitor].values()):
                await self._offer(socket, delivery)
            await asyncio.wait_for(delivery.over.wait(), self._patience)
        except asyncio.TimeoutError as error:
            raise DeliveryFailed from error
        finally:
            self._under_way[visitor].remove(delivery)
            if not self._under_way[visitor]:
                del self._under_way[visitor]
        if not delivery.arrived:
            raise DeliveryFailed

    async def _offer(self, socket: Socket, delivery: _Delivery) -> None:
        for index, payload in enumerate(delivery.payloads):
            noted = partial(delivery.acknowledged, socket.sid, index)
            await self._send(socket.sid, payload, noted if socket.acknowledges else None)
            if not socket.acknowledges:
                noted()
