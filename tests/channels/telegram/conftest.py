"""The channel on a real Sanic server with a stub in Rasa's place, and Telegram on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.channels.queue.runner import configured_table
from assistant.nlu.safety import screen
from assistant.settings import settings
from tests.channels.conftest import Server
from tests.channels.telegram.fake import TOKEN, FakeTelegram

WEBHOOK = "/webhooks/telegram/webhook"
SECRET = "a-secret_of-2026"


@pytest.fixture(scope="session", autouse=True)
def safety_rules() -> None:
    """A server has read them long before its first message."""
    screen("hello")


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

    async def __call__(self, update: dict[str, Any]) -> httpx.Response:
        return await self.post(json.dumps(update).encode())

    async def post(self, body: bytes) -> httpx.Response:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        return await self.server.http.post(WEBHOOK, content=body, headers=headers)


@pytest.fixture
def hook(server: Server) -> Hook:
    return Hook(server)
