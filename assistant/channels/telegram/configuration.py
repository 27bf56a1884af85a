"""What a Telegram bot needs to be told."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.keys import keys_from
from assistant.settings import Settings

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PATH = "/webhooks/telegram/webhook"
_PURPOSE = b"clinic-assistant telegram webhook"


@dataclass(frozen=True)
class Configuration:
    """One bot.

    Attributes:
        token: from BotFather.
        secret: what Telegram must send along with every update.
        webhook_url: where Telegram reaches this server; None leaves the webhook as it is.
        api: the Bot API's address.
    """

    token: str
    secret: str
    webhook_url: str | None
    api: str


def configured(settings: Settings) -> Configuration | None:
    """Return the configuration; None without a token.

    Raises:
        ValueError: if TELEGRAM_SECRET has characters that Telegram does not allow.
        assistant.keys.KeyProblem: if a secret is to be derived and there is no key.
    """
    if not settings.telegram_token:
        return None
    given = settings.telegram_secret and settings.telegram_secret.get_secret_value()
    if given and not _SECRET.fullmatch(given):
        raise ValueError("TELEGRAM_SECRET may hold 1 to 256 of A-Z, a-z, 0-9, _ and - only")
    return Configuration(
        token=settings.telegram_token.get_secret_value(),
        secret=given or _derived(keys_from(settings)[0]),
        webhook_url=_with_path(settings.telegram_webhook_url),
        api=settings.telegram_api,
    )


def _derived(key: str) -> str:
    return hmac.new(key.encode(), _PURPOSE, hashlib.sha256).hexdigest()


def _with_path(url: str | None) -> str | None:
    """Complete an address that names the host alone."""
    if not url:
        return None
    return url if urlsplit(url).path.strip("/") else url.rstrip("/") + _PATH
