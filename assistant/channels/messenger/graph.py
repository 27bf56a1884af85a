"""Calls of the Graph API."""

from __future__ import annotations

import logging
from typing import Any

import httpx

from assistant.channels.messenger.configuration import Configuration
from assistant.channels.messenger.signature import appsecret_proof
from assistant.channels.queue import DeliveryFailed

MESSAGES = "me/messages"
PROFILE = "me/messenger_profile"

_TIMEOUT = httpx.Timeout(20.0, connect=5.0)  # seconds
# A slow Graph must not keep the answers of other visitors waiting for a connection.
_CONNECTIONS = httpx.Limits(max_connections=None, max_keepalive_connections=20)

# https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
_TEMPORARY = {1, 2, 1200}
_RATE_LIMITS = {4, 17, 32, 341, 613, *range(80_000, 80_015)}
# A wrong or expired token: whoever runs the assistant can mend it, and what waits is delivered.
_TOKEN = {102, 190}
# Nobody is at the end of it: unavailable, blocked, outside the 24 hours.
_UNREACHABLE = {10, 551}

# Both write down addresses at INFO.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class Refused(Exception):
    """Graph will take this call neither now nor later."""

    def __init__(self, status: int, code: int, subcode: int) -> None:
        """Create the error from Graph's numbers; its words may quote the visitor."""
        super().__init__(f"HTTP {status}, code {code}, subcode {subcode}")
        self.code = code
        self.subcode = subcode


class NotNow(DeliveryFailed):
    """Graph did not take the call; it may later."""


class Graph:
    """The Graph API in the name of one page."""

    def __init__(self, configuration: Configuration) -> None:
        """Create the client; nothing is sent yet."""
        self._root = f"{configuration.graph}/{configuration.version}"
        # In the body, not in the address: addresses end up in logs.
        self._credentials = {
            "access_token": configuration.page_token,
            "appsecret_proof": appsecret_proof(configuration.page_token, configuration.app_secret),
        }
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=_CONNECTIONS)

    async def post(self, path: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Post to `path`, `MESSAGES` or `PROFILE`, and return the answer.

        Raises:
            NotNow: if Graph cannot be reached, is slow, fails or wants a pause.
            Refused: if it never will take this call.
        """
        try:
            answer = await self._http.post(
                f"{self._root}/{path}", json={**fields, **self._credentials}
            )
            body = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise NotNow(f"{path}: {type(error).__name__}") from None
        if not isinstance(body, dict):
            raise NotNow(f"{path}: HTTP {answer.status_code}")
        if answer.status_code == 200 and "error" not in body:
            return body
        raise _error(path, answer.status_code, body.get("error"))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _error(path: str, status: int, error: Any) -> NotNow | Refused:
    told = error if isinstance(error, dict) else {}
    code, subcode = _number(told, "code"), _number(told, "error_subcode")
    if code not in _UNREACHABLE and (
        status >= 500
        or status == 429
        or told.get("is_transient") is True
        or code in _TEMPORARY | _RATE_LIMITS | _TOKEN
    ):
        return NotNow(f"{path}: HTTP {status}, code {code}, subcode {subcode}")
    return Refused(status, code, subcode)


def _number(error: dict[str, Any], name: str) -> int:
    value = error.get(name)
    return value if isinstance(value, int) else 0
