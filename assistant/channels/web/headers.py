"""What the browser is told about pages and files, so that nothing foreign runs on them."""

from __future__ import annotations

import re

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


def for_everything() -> dict[str, str]:
    """Headers of every response of the website."""
    return {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
    }


def for_pages(host: str) -> dict[str, str]:
    """Headers of a page.

    Args:
        host: as the browser sent it; older ones do not count WebSockets as 'self'.
    """
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self'{sockets}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    return {
        **for_everything(),
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-cache",
    }


def for_assets(*, immutable: bool) -> dict[str, str]:
    """Headers of a static file, which other websites may load as a module.

    Args:
        immutable: whether the address changes with the content.
    """
    return {
        **for_everything(),
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
        "cache-control": "public, max-age=31536000, immutable" if immutable else "no-cache",
        "vary": "accept-encoding",
    }
