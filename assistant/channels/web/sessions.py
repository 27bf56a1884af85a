"""Session tokens: issued and signed here, so that nobody can name another visitor's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

_PURPOSE = b"clinic-assistant web session"
_LONGEST = 200  # characters; ours have 66
_RANDOM = 16  # bytes: 128 bits cannot be guessed


@dataclass(frozen=True)
class Session:
    """A visitor, and the token that proves it is them.

    Attributes:
        visitor: the random part, which is the conversation's sender.
        token: `visitor` and its signature; only this visitor's browser has it.
    """

    visitor: str
    token: str


class Sessions:
    """Issues sessions and recognises its own.

    Args:
        keys: secrets of this installation, newest first; tokens of older ones still count.
    """

    def __init__(self, keys: list[str]) -> None:
        self._keys = [hmac.digest(key.encode(), _PURPOSE, hashlib.sha256) for key in keys]

    def new(self) -> Session:
        """Return the session of a new visitor."""
        visitor = secrets.token_urlsafe(_RANDOM)
        return Session(visitor, f"{visitor}.{_signature(self._keys[0], visitor)}")

    def open(self, token: object) -> Session | None:
        """Return the session of `token`; None unless it was issued here."""
        if not isinstance(token, str) or not token.isascii() or len(token) > _LONGEST:
            return None
        visitor, _, signature = token.partition(".")
        for key in self._keys:
            if hmac.compare_digest(signature, _signature(key, visitor)):
                return Session(visitor, token)
        return None


def _signature(key: bytes, visitor: str) -> str:
    digest = hmac.digest(key, visitor.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
