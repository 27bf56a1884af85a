"""Telegram is told where the assistant is, whenever it can be reached."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant.channels.telegram import registration
from assistant.channels.telegram.api import BotApi
from assistant.channels.telegram.channel import TelegramChannel
from assistant.channels.telegram.configuration import Configuration, configured
from assistant.serving import free_port
from assistant.settings import Settings
from tests.channels.telegram.fake import TOKEN, FakeTelegram

ADDRESS = "https://chat.example.com/webhooks/telegram/webhook"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "FIRST_PAUSE", 0.01)


async def test_back_off_until_telegram_answers_then_all_is_set() -> None:
    port = free_port()
    api = BotApi(f"http://127.0.0.1:{port}", TOKEN)
    configuration = Configuration(TOKEN, "a-secret", ADDRESS, "")
    task = asyncio.create_task(registration.register(api, configuration))
    await asyncio.sleep(0.2)
    assert not task.done(), "gave up though nobody was there"
    telegram = FakeTelegram(port)
    telegram.fail("setWebhook", 502)
    telegram.fail("setWebhook", 400)
    telegram.fail("setWebhook", 429, retry_after=1)
    with telegram.running():
        await asyncio.wait_for(task, 20)
    await api.close()
    statuses = [call.status for call in telegram.called("setWebhook")]
    assert statuses == [502, 400, 429, 200]
    assert telegram.webhook == {
        "url": ADDRESS,
        "secret_token": "a-secret",
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "drop_pending_updates": False,
    }
    languages = [call.fields.get("language_code") for call in telegram.called("setMyCommands")]
    assert languages == [None, "es"]


def settings(tmp_path: Path, **values: str) -> Settings:
    return Settings(contact_key_file=tmp_path / "contact.key", **values)


def test_without_a_token_there_is_no_bot(tmp_path: Path) -> None:
    assert configured(settings(tmp_path)) is None
    assert configured(settings(tmp_path, telegram_token="")) is None
    assert not (tmp_path / "contact.key").exists()


async def test_without_a_token_the_channel_has_no_routes() -> None:
    async def nobody(message: object) -> None:
        raise AssertionError

    assert not list(TelegramChannel(None).blueprint(nobody).routes)


def test_the_secret_is_derived_from_the_key_and_stays_the_same(tmp_path: Path) -> None:
    first = configured(settings(tmp_path, telegram_token=TOKEN))
    again = configured(settings(tmp_path, telegram_token=TOKEN, telegram_secret=""))
    assert first is not None
    assert again is not None
    assert first.secret == again.secret
    assert len(first.secret) == 64
    assert first.secret not in (tmp_path / "contact.key").read_text()


def test_a_secret_that_telegram_would_refuse_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="TELEGRAM_SECRET"):
        configured(settings(tmp_path, telegram_token=TOKEN, telegram_secret="so secret!"))


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://chat.example.com", ADDRESS),
        ("https://chat.example.com/", ADDRESS),
        (ADDRESS, ADDRESS),
        ("https://example.com/hooks/bot", "https://example.com/hooks/bot"),
        ("", None),
    ],
)
def test_the_address_may_be_that_of_the_host(tmp_path: Path, given: str, used: str | None) -> None:
    found = configured(settings(tmp_path, telegram_token=TOKEN, telegram_webhook_url=given))
    assert found is not None
    assert found.webhook_url == used
