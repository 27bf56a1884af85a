"""Proves that a request comes from Meta, and ours from this app."""

from __future__ import annotations

import hashlib
import hmac

_ALGORITHM = "sha256="


def is_signed(body: bytes, header: str | None, app_secret: str) -> bool:
    """Tell whether `header`, X-Hub-Signature-256, signs the raw body; takes constant time.

    The algorithm is fixed: the older X-Hub-Signature (SHA-1) counts for nothing.
    """
    expected = _ALGORITHM + _hmac(app_secret, body)
    return hmac.compare_digest(expected.encode(), (header or "").encode())


def is_same(given: str, expected: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())


def appsecret_proof(page_token: str, app_secret: str) -> str:
    """Return the proof that whoever uses the token knows the secret, too.

    See https://developers.facebook.com/docs/graph-api/guides/secure-requests.
    """
    return _hmac(app_secret, page_token.encode())


def _hmac(key: str, message: bytes) -> str:
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
