"""The assistant on Telegram as people meet it: real processes, a strict Bot API on loopback."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.serving import assistant_server, free_port
from tests.channels.telegram.fake import TOKEN, FakeTelegram, buttons
from tests.channels.telegram.logs import wait_for_line
from tests.rest_visitor import RestVisitor

pytestmark = pytest.mark.server
Say = Callable[..., str]


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def telegram_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def env(running_actions: dict[str, str], port: int, telegram_port: int) -> dict[str, str]:
    return {
        **running_actions,
        "PORT": str(port),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": f"http://127.0.0.1:{telegram_port}",
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}",
    }


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "assistant.log"


@pytest.fixture(scope="module")
def telegram(
    trained_model: Path, env: dict[str, str], port: int, telegram_port: int, log: Path
) -> Iterator[FakeTelegram]:
    """Telegram, which could not be reached while the assistant started."""
    with assistant_server(port, env, log):
        wait_for_line(log, "telegram.set_up.failed")
        fake = FakeTelegram(telegram_port)
        with fake.running():
            fake.wait(lambda: bool(fake.webhook))
            yield fake
    assert not fake.refused()


@pytest.fixture
def chat() -> int:
    return time.monotonic_ns() % 10**10


@pytest.fixture
def say(telegram: FakeTelegram, chat: int) -> Say:
    """Writes as a new visitor; returns the answer's text."""

    def send(text: str, language: str = "en") -> str:
        before = len(telegram.sent(chat))
        update = telegram.update(message=telegram.message(chat, language, text=text))
        telegram.deliver_until_taken(update)
        return "\n".join(m["text"] for m in telegram.wait_for_messages(chat, before + 1)[before:])

    return send


def test_the_conversation_begins_with_who_speaks_and_where_help_is(say: Say) -> None:
    greeting = say("/start d2l0aC1hLXBheWxvYWQ")
    assert "automated assistant" in greeting
    assert "988" in greeting
    assert "911" in greeting


def test_a_tap_is_acknowledged_shown_and_answered(
    say: Say, telegram: FakeTelegram, chat: int
) -> None:
    say("/start")
    shown = [button["text"] for button in buttons(telegram.sent(chat)[-1])]
    assert "Side effects" in shown
    tap = telegram.tap(chat, "Side effects")
    for _ in range(2):
        assert telegram.deliver(tap) == 200
    answer = telegram.wait_for_messages(chat, 2)[1]
    assert answer["text"].startswith("Side effects\n")
    assert "dizziness" in answer["text"]
    query = tap["callback_query"]["id"]
    telegram.wait(lambda: len(_answered(telegram, query)) == 1)
    say("thanks")
    assert len(_answered(telegram, query)) == 1
    assert len(telegram.sent(chat)) == 3


def test_a_forged_tap_says_nothing_in_our_name(telegram: FakeTelegram, chat: int, say: Say) -> None:
    tap = telegram.tap(chat, "Cost", data='/faq{"x": 1}')
    assert telegram.deliver(tap) == 200
    query = tap["callback_query"]["id"]
    telegram.wait(lambda: len(_answered(telegram, query)) == 1)
    (answered,) = _answered(telegram, query)
    assert "no longer works" in answered["text"]
    say("hello")
    assert len(telegram.sent(chat)) == 1


def _answered(telegram: FakeTelegram, query: str) -> list[dict[str, str]]:
    calls = telegram.called("answerCallbackQuery")
    return [call.fields for call in calls if call.fields["callback_query_id"] == query]


def test_help_and_privacy(say: Say) -> None:
    assert "what you can ask me about" in say("/help")
    assert "delete my data" in say("/privacy").lower()


def test_forget_deletes(say: Say) -> None:
    say("what is ketamine")
    assert "deleted" in say("/forget")


def test_spanish_commands(say: Say) -> None:
    assert "asistente automático" in say("/start", "es")


@pytest.mark.parametrize(
    "wish", ["can someone call me", "I want to drop by", "please book me a visit"]
)
def test_no_contact_details_are_asked_for(say: Say, wish: str) -> None:
    reply = say(wish)
    assert "first name" not in reply
    assert "Shall I" not in reply
    later = say("480 555 0102")
    assert "0102" not in later
    assert "first name" not in later


def test_a_contact_card_is_neither_taken_nor_kept(
    telegram: FakeTelegram, chat: int, env: dict[str, str], log: Path
) -> None:
    card = {"phone_number": "+14805550188", "first_name": "Quillon"}
    update = telegram.update(message=telegram.message(chat, contact=card))
    telegram.deliver_until_taken(update)
    replies = [message["text"] for message in telegram.wait_for_messages(chat)]
    assert len(set(replies)) == len(replies), "each is said once"
    assert not any("first name" in reply for reply in replies)
    database = Path(env["DATABASE_URL"].removeprefix("sqlite:///"))
    for file in (log, *database.parent.glob("clinic.db*")):
        assert b"5550188" not in file.read_bytes(), file.name
        assert b"Quillon" not in file.read_bytes(), file.name


def test_danger_gets_numbers_that_can_be_read(say: Say) -> None:
    reply = say("i want to kill myself")
    for words in ("988", "741741", "911", "988lifeline.org", "I'm an automated assistant"):
        assert words in reply


def test_a_slow_telegram_delays_nobody_else(
    telegram: FakeTelegram, port: int, chat: int, say: Say
) -> None:
    slow = chat + 1
    telegram.delay[slow] = 10
    for _ in range(3):
        assert telegram.deliver(telegram.write(slow, "what is ketamine")) == 200
    started = time.monotonic()
    say("what is ketamine")
    RestVisitor(f"http://127.0.0.1:{port}").say("what is ketamine")
    assert time.monotonic() - started < 8
    assert not telegram.sent(slow)
    assert len(telegram.wait_for_messages(slow, 3)) == 3


def test_telegram_failing_for_a_while_loses_nothing(telegram: FakeTelegram, say: Say) -> None:
    telegram.fail("sendMessage", 502)
    telegram.fail("sendMessage", 429, retry_after=1)
    assert "Source: our article" in say("what is ketamine")


def test_the_token_is_in_no_log(telegram: FakeTelegram, say: Say, log: Path) -> None:
    say("hello")
    written = log.read_text()
    assert TOKEN not in written
    assert TOKEN.partition(":")[2] not in written


def test_a_crash_before_the_answer_loses_nothing(
    trained_model: Path, env: dict[str, str], tmp_path: Path, chat: int
) -> None:
    port = free_port()
    log = tmp_path / "assistant.log"
    with FakeTelegram().running() as fake:
        env = {
            **env,
            "PORT": str(port),
            "TELEGRAM_API": fake.url,
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'clinic.db'}",
        }
        fake.delay[chat] = 60
        with assistant_server(port, env, log) as running:
            fake.wait(lambda: bool(fake.webhook))
            assert fake.deliver(fake.write(chat, "what is ketamine")) == 200
            assert fake.deliver(fake.write(chat, "what does it cost")) == 200
            running.send_signal(signal.SIGKILL)
            running.wait()
        assert not fake.sent(chat)
        fake.delay[chat] = 0
        with assistant_server(port, env, log):
            first, second = fake.wait_for_messages(chat, 2)
            assert "Source: our article" in first["text"]
            assert "cost" in second["text"].lower()
