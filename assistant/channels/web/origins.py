"""Which websites may talk to the chat from their visitors' browsers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Origins:
    """The server's own origin, and those the clinic has named in WEB_ORIGINS."""

    def __init__(self, allowed: Iterable[str]) -> None:
        """Create the list; an entry is written like https://www.example.com."""
        self._allowed = {place for origin in allowed if (place := _place(origin))}

    def accept(self, origin: str | None, environ: Mapping[str, Any]) -> bool:
        """Tell whether pages of `origin`, None if it is not named, may read the answer.

        Its own origin is told by the host alone: behind a proxy that ends TLS the scheme that
        arrives here is not the visitor's.
        """
        place = _place(origin or "")
        if place is None:
            return False
        host = _place(f"{place[0]}://{environ.get('HTTP_HOST', '')}")
        return place in self._allowed or place == host


def _place(origin: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port; None unless `origin` is one of a web page."""
    try:
        parts = urlsplit(origin.strip())
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.username:
        return None
    return parts.scheme, parts.hostname, port
