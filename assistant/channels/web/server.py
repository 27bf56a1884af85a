"""The Socket.IO server, which hangs up on clients that do not speak the protocol."""

from __future__ import annotations

from typing import Any

import structlog
from socketio import AsyncServer

logger = structlog.get_logger()


class StrictServer(AsyncServer):  # type: ignore[misc]
    """Closes the connection after a packet that cannot be read, as the protocol asks.

    The library's own logs a traceback and goes on, so that the client waits for an
    acknowledgement that never comes.
    """

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
