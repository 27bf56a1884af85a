"""The channel on a real Sanic server with a stub in Rasa's place, and Telegram on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.channels.queue.runner import configured_table
from assistant.settings import settings
from tests.channels.conftest import Server
from tests.channels.telegram.fake import TOKEN, FakeTelegram

WEBHOOK = "/webhooks/telegram/webhook"
SECRET = "a-secret_of-2026"


@pytest.fixture
def entry() -> str:
    return "assistant.channels.telegram.TelegramChannel:\n"


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    fake = FakeTelegram()
    with fake.running():
        yield fake
    assert not fake.refused()


@pytest.fixture
def environment(telegram: FakeTelegram, tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'clinic.db'}",
        "CONTACT_KEY_FILE": str(tmp_path / "contact.key"),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_SECRET": SECRET,
        "TELEGRAM_API": telegram.url,
    }


@pytest.fixture
def credentials(
    credentials: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _read_anew()
    yield credentials
    monkeypatch.undo()
    _read_anew()


def _read_anew() -> None:
    settings.cache_clear()
    configured_table.cache_clear()


class Hook:
    """Posts updates as Telegram does."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def __call__(self, update: dict[str, Any], secret: str | None = SECRET) -> httpx.Response:
        return await self.post(update, {} if secret is None else {"secret": secret})

    async def post(
        self, body: dict[str, Any] | bytes, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        given = {"secret": SECRET} if headers is None else headers
        named = {"X-Telegram-Bot-Api-Secret-Token": v for v in given.values()}
        if isinstance(body, bytes):
            return await self.server.http.post(WEBHOOK, content=body, headers=named)
        return await self.server.http.post(WEBHOOK, json=body, headers=named)


@pytest.fixture
def hook(server: Server) -> Hook:
    return Hook(server)
