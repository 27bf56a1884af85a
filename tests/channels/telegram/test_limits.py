"""Messages that are too many or too long, in a chat where nobody can see a status."""

from __future__ import annotations

import pytest

from tests.channels.conftest import Server
from tests.channels.telegram.conftest import Hook
from tests.channels.telegram.fake import FakeTelegram

ANN = 601


@pytest.fixture
def entry() -> str:
    channel = "assistant.channels.telegram.TelegramChannel"
    return f"{channel}:\n  burst: 3\n  messages_per_second: 0.0001\n"


async def test_too_many_are_told_so_once_but_danger_is_always_heard(
    hook: Hook, telegram: FakeTelegram
) -> None:
    for number in range(6):
        assert (await hook(telegram.write(ANN, f"message {number}"))).status_code == 200
    await hook(telegram.write(ANN, "raise: I want to die"))
    texts = [message["text"] for message in await telegram.messages(ANN, 5)]
    assert [text.startswith("You said: message") for text in texts[:3]] == [True] * 3
    assert "wait a moment" in texts[3]
    assert "988" in texts[3]
    assert "741741" in texts[4]


async def test_too_long_a_text_is_told_so(hook: Hook, telegram: FakeTelegram) -> None:
    await hook(telegram.write(ANN, "what is it? " * 100))
    (message,) = await telegram.messages(ANN)
    assert "1,000 characters" in message["text"]
    assert "988" in message["text"]


async def test_danger_at_the_end_of_a_long_text_is_read(
    hook: Hook, telegram: FakeTelegram, server: Server
) -> None:
    await hook(telegram.write(ANN, "well, " * 400 + "\n\nI want to kill myself."))
    await telegram.messages(ANN)
    (heard,) = server.agent.seen
    assert "I want to kill myself" in heard.text
