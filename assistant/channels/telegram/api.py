"""Calls of the Bot API, https://core.telegram.org/bots/api."""

from __future__ import annotations

import logging
from typing import Any

import httpx

from assistant.channels.queue import DeliveryFailed

_TIMEOUT = httpx.Timeout(20.0, connect=5.0)  # seconds
# A slow Telegram must not keep the answers of other visitors waiting for a connection.
_CONNECTIONS = httpx.Limits(max_connections=None, max_keepalive_connections=20)
# A wrong token: for whoever runs the assistant to mend, so that what waits is delivered after.
_WRONG_TOKEN = (401, 404)

# Both write down addresses, and the bot's token is part of them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class Refused(Exception):
    """Telegram will not take this call, now or later: blocked by the visitor, for one."""

    def __init__(self, status: int, description: str) -> None:
        """Create the error; `description` is Telegram's, which quotes no text."""
        super().__init__(f"{status} {description}")
        self.status = status


class NotNow(DeliveryFailed):
    """Telegram did not take the call; it may after `seconds` (0: it did not say)."""

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        """Create the error; `reason` is for the log."""
        super().__init__(reason)
        self.seconds = seconds


class BotApi:
    """The Bot API for one bot."""

    def __init__(self, base_url: str, token: str) -> None:
        """Create the client; nothing is sent yet."""
        self._root = f"{base_url.rstrip('/')}/bot{token}"
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=_CONNECTIONS)

    async def call(self, method: str, **fields: Any) -> Any:
        """Call `method` and return its result.

        Raises:
            NotNow: if Telegram cannot be reached, is slow, fails, or wants a pause.
            Refused: if it never will take this call.
        """
        try:
            answer = await self._http.post(f"{self._root}/{method}", json=fields)
            body = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise NotNow(f"{method}: {type(error).__name__}") from None
        if not isinstance(body, dict):
            raise NotNow(f"{method}: {answer.status_code}")
        if body.get("ok") is True:
            return body.get("result")
        status = answer.status_code if answer.status_code != 200 else body.get("error_code", 500)
        if status == 429:
            wait = (body.get("parameters") or {}).get("retry_after", 1)
            raise NotNow(f"{method}: too many calls", float(wait))
        if status >= 500 or status in _WRONG_TOKEN:
            raise NotNow(f"{method}: {status}")
        raise Refused(status, str(body.get("description", "")))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
