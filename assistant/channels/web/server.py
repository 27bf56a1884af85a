"""The Socket.IO server, which hangs up on clients that do not speak the protocol."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import structlog
from engineio import AsyncServer as AsyncEngine
from sanic.request import Request
from sanic.response import HTTPResponse, json
from socketio import AsyncServer

logger = structlog.get_logger()


class _Engine(AsyncEngine):  # type: ignore[misc]
    async def handle_request(self, request: Request) -> HTTPResponse:
        """Refuse a request whose Host is none, on which the library fails; serve all others."""
        try:
            urlsplit(request.url)
        except ValueError:
            return json({"error": "The Host header is malformed."}, 400)
        answer: HTTPResponse = await super().handle_request(request)
        return answer

    async def disconnect(self, sid: str | None = None) -> None:
        """Hang up without waiting for the client, which waits for the answer to its request."""
        for name in [sid] if sid else list(self.sockets):
            if client := self.sockets.get(name):
                await client.close(wait=False, reason=self.reason.SERVER_DISCONNECT)


class StrictServer(AsyncServer):  # type: ignore[misc]
    """Closes the connection after a packet that cannot be read, as the protocol asks.

    The library's own logs a traceback and goes on, so that the client waits for an
    acknowledgement that never comes.
    """

    def _engineio_server_class(self) -> type[AsyncEngine]:
        return _Engine

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        try:
            await super()._handle_eio_message(eio_sid, data)
        # Its parser raises many kinds, RecursionError among them.
        except Exception as error:
            logger.warning("web.packet.malformed", error=type(error).__name__)
            await self.eio.disconnect(eio_sid)

    async def _handle_event(self, eio_sid: str, namespace: Any, id: Any, data: Any) -> None:
        if not (isinstance(data, list) and data and isinstance(data[0], str)):
            raise ValueError("an event without a name")
        await super()._handle_event(eio_sid, namespace, id, data)
