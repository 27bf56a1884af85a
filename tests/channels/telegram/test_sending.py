"""How answers leave: split, with buttons, in spite of pauses, failures and people who left."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from assistant.channels.inbound import Inbound
from assistant.channels.telegram.api import BotApi, NotNow, Refused
from assistant.channels.telegram.choices import Choices
from assistant.channels.telegram.sending import TAPPED, Sender
from assistant.responses.book import Files
from assistant.responses.catalog import catalog_of
from assistant.responses.library import Library
from assistant.settings import ROOT
from tests.channels.telegram.fake import TOKEN, FakeTelegram, buttons

ANN = 701
QUESTION = Inbound("telegram", str(ANN), "what is ketamine", "1")
COST = {"title": "Cost", "payload": "How much does ketamine therapy cost?"}
WIDE = {
    "title": "Medicine not helping",
    "payload": "What if medication hasn't helped my anxiety?",
}
SAFETY = {"title": "Safety", "payload": "Is ketamine safe?"}


@pytest.fixture(scope="module")
def choices() -> Choices:
    return Choices(Library(Files.under(ROOT), catalog_of({})))


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    fake = FakeTelegram()
    fake.write(ANN, "hello")
    with fake.running():
        yield fake
    assert not fake.refused()


@pytest.fixture
async def sender(telegram: FakeTelegram, choices: Choices) -> AsyncIterator[Sender]:
    api = BotApi(telegram.url, TOKEN)
    yield Sender(api, choices)
    await api.close()


def answers(*texts: str, **more: Any) -> list[dict[str, Any]]:
    return [{"recipient_id": str(ANN), "text": text, **more} for text in texts]


async def test_text_is_sent_as_it_is(sender: Sender, telegram: FakeTelegram) -> None:
    text = "*Not* <b>markup</b>, see https://988lifeline.org"
    await sender.deliver(QUESTION, answers(text))
    (message,) = telegram.sent(ANN)
    assert message == {
        "chat_id": ANN,
        "text": text,
        "link_preview_options": {"is_disabled": True},
    }


async def test_buttons_stand_in_rows_under_the_last_part(
    sender: Sender, telegram: FakeTelegram
) -> None:
    long = "\n\n".join(f"{number} " + "word " * 200 for number in range(6))
    await sender.deliver(QUESTION, answers(long, buttons=[COST, SAFETY, WIDE]))
    first, last = telegram.sent(ANN)
    assert not buttons(first)
    rows = last["reply_markup"]["inline_keyboard"]
    assert [[b["text"] for b in row] for row in rows] == [
        ["Cost", "Safety"],
        ["Medicine not helping"],
    ]


async def test_long_texts_are_split_between_paragraphs(
    sender: Sender, telegram: FakeTelegram
) -> None:
    paragraphs = [f"{number} " + "\U0001f642" * 700 for number in range(5)]
    await sender.deliver(QUESTION, answers("\n\n".join(paragraphs)))
    sent = [message["text"] for message in telegram.sent(ANN)]
    assert sent == ["\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:4]), paragraphs[4]]


async def test_what_was_tapped_stands_above_the_answer(
    sender: Sender, telegram: FakeTelegram
) -> None:
    tap = Inbound("telegram", str(ANN), COST["payload"], f"{TAPPED}7")
    await sender.deliver(tap, answers("It depends.", "Anything else?"))
    first, second = telegram.sent(ANN)
    assert first["text"] == "Cost\nIt depends."
    assert first["entities"] == [{"type": "blockquote", "offset": 0, "length": 4}]
    assert second["text"] == "Anything else?"


async def test_a_pause_that_telegram_wants_is_kept(sender: Sender, telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", 429, retry_after=1)
    await sender.deliver(QUESTION, answers("hello"))
    refused, taken = telegram.called("sendMessage")
    assert taken.status == 200
    assert taken.at - refused.at >= 1


async def test_a_long_pause_holds_back_later_tries_without_asking(
    sender: Sender, telegram: FakeTelegram
) -> None:
    telegram.fail("sendMessage", 429, retry_after=3600)
    for _ in range(3):
        with pytest.raises(NotNow):
            await sender.deliver(QUESTION, answers("hello"))
    assert len(telegram.called("sendMessage")) == 1


async def test_a_pause_in_one_chat_is_none_in_another(
    sender: Sender, telegram: FakeTelegram
) -> None:
    telegram.fail("sendMessage", 429, retry_after=3600)
    with pytest.raises(NotNow):
        await sender.deliver(QUESTION, answers("hello"))
    telegram.write(ANN + 1, "hello")
    await sender.deliver(Inbound("telegram", str(ANN + 1), "hi", "2"), answers("hello"))
    assert telegram.sent(ANN + 1)


@pytest.mark.parametrize("status", [500, 502, 401, 404])
async def test_what_was_sent_is_not_sent_again_after_a_failure(
    sender: Sender, telegram: FakeTelegram, status: int
) -> None:
    telegram.fail("sendMessage", status, after=1)
    with pytest.raises(NotNow):
        await sender.deliver(QUESTION, answers("one", "two", "three"))
    await sender.deliver(QUESTION, answers("one", "two", "three"))
    assert [message["text"] for message in telegram.sent(ANN)] == ["one", "two", "three"]


async def test_people_who_blocked_the_bot_are_given_up(
    sender: Sender, telegram: FakeTelegram
) -> None:
    telegram.blocked.add(ANN)
    with pytest.raises(Refused):
        await sender.deliver(QUESTION, answers("hello"))


async def test_an_unreachable_telegram_is_tried_later(choices: Choices) -> None:
    api = BotApi("http://127.0.0.1:9", TOKEN)
    with pytest.raises(NotNow):
        await Sender(api, choices).deliver(QUESTION, answers("hello"))
    await api.close()


async def test_one_slow_chat_holds_up_no_other(sender: Sender, telegram: FakeTelegram) -> None:
    slow_chats = range(1_000, 1_150)
    for chat in slow_chats:
        telegram.write(chat, "hello")
        telegram.delay[chat] = 10
    waiting = [
        asyncio.create_task(
            sender.deliver(Inbound("telegram", str(c), "hi", "1"), answers("hello"))
        )
        for c in slow_chats
    ]
    started = time.monotonic()
    await sender.deliver(QUESTION, answers("hello"))
    assert time.monotonic() - started < 5
    assert not any(task.done() for task in waiting)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_no_answer_is_no_message(sender: Sender, telegram: FakeTelegram) -> None:
    await sender.deliver(QUESTION, [])
    assert not telegram.sent(ANN)
