"""Each kind of update: what it makes of the conversation, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.channels.conftest import Server
from tests.channels.telegram.conftest import Hook
from tests.channels.telegram.fake import FakeTelegram, person

ANN, GROUP = 501, -1001234567890
POSTED_IN = {"id": -1009876543210, "title": "News", "type": "channel"}
CARD = {"phone_number": "+14805550142", "first_name": "Zebulon", "user_id": ANN}
PHOTO = [{"file_id": "AgADBAAD", "file_unique_id": "AQAD", "width": 90, "height": 67}]


def group(telegram: FakeTelegram, **fields: Any) -> dict[str, Any]:
    message = telegram.message(ANN, **fields)
    message["chat"] = {"id": GROUP, "title": "Family", "type": "supergroup"}
    return message


async def flush(hook: Hook, telegram: FakeTelegram, chat: int = 777) -> None:
    """Return when what came before is done: an update is handled before its acknowledgement."""
    await hook(telegram.write(chat, "hello"))
    await telegram.messages(chat)


def heard(server: Server, chat: int = ANN) -> list[str]:
    return [m.text for m in server.agent.seen if m.sender_id == f"telegram:{chat}"]


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_texts_and_edited_texts_are_answered(
    hook: Hook, telegram: FakeTelegram, server: Server, kind: str
) -> None:
    await hook(telegram.update(**{kind: telegram.message(ANN, text="hello", edit_date=1)}))
    await telegram.messages(ANN)
    assert heard(server) == ["hello"]


@pytest.mark.parametrize("kind", ["message", "edited_message"])
async def test_danger_is_heard_in_edits_and_captions(
    hook: Hook, telegram: FakeTelegram, server: Server, kind: str
) -> None:
    words = "raise: I want to die"
    await hook(telegram.update(**{kind: telegram.message(ANN, caption=words, photo=PHOTO)}))
    (message,) = await telegram.messages(ANN)
    assert "988" in message["text"]
    assert "I'm an automated assistant, not a person" in message["text"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("photo", PHOTO),
        ("voice", {"file_id": "A", "file_unique_id": "B", "duration": 3}),
        ("video_note", {"file_id": "A", "file_unique_id": "B", "duration": 3, "length": 9}),
        ("sticker", {"file_id": "A", "file_unique_id": "B", "emoji": "\U0001f44d"}),
        ("location", {"latitude": 33.4, "longitude": -111.8}),
        ("document", {"file_id": "A", "file_unique_id": "B", "file_name": "records.pdf"}),
        ("dice", {"emoji": "\U0001f3b2", "value": 3}),
    ],
)
async def test_what_is_no_text_is_answered_in_words(
    hook: Hook, telegram: FakeTelegram, server: Server, kind: str, content: object
) -> None:
    await hook(telegram.update(message=telegram.message(ANN, **{kind: content})))
    (message,) = await telegram.messages(ANN)
    assert "I can only read text" in message["text"]
    assert "988" in message["text"]
    assert not heard(server)


async def test_an_album_is_answered_once(hook: Hook, telegram: FakeTelegram) -> None:
    for _ in range(3):
        picture = telegram.message(ANN, photo=PHOTO, media_group_id="135")
        await hook(telegram.update(message=picture))
    await flush(hook, telegram)
    assert len(await telegram.messages(ANN)) == 1


async def test_a_contact_card_is_a_wish_to_be_called_and_is_not_kept(
    hook: Hook, telegram: FakeTelegram, server: Server, environment: dict[str, str]
) -> None:
    await hook(telegram.update(message=telegram.message(ANN, contact=CARD)))
    await telegram.messages(ANN)
    assert heard(server) == ["Please have someone call me back."]
    assert not any("555" in str(vars(message)) for message in server.agent.seen)


@pytest.mark.parametrize(
    "message",
    [
        {"pinned_message": {"message_id": 1}},
        {"new_chat_members": [person(9)]},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    ],
)
async def test_news_from_telegram_itself_is_ignored(
    hook: Hook, telegram: FakeTelegram, message: dict[str, Any]
) -> None:
    answer = await hook(telegram.update(message=telegram.message(ANN, **message)))
    assert answer.status_code == 200
    await flush(hook, telegram)
    assert not telegram.sent(ANN)


@pytest.mark.parametrize(
    "update",
    [
        {
            "channel_post": {
                "message_id": 1,
                "chat": POSTED_IN,
                "text": "x",
            }
        },
        {"edited_channel_post": {"message_id": 1, "chat": POSTED_IN}},
        {"message_reaction": {"chat": {"id": ANN, "type": "private"}, "message_id": 1}},
        {"inline_query": {"id": "1", "from": person(ANN), "query": "x", "offset": ""}},
        {"chat_member": {"chat": {"id": GROUP, "type": "group"}}},
        {
            "my_chat_member": {
                "chat": {"id": ANN, "type": "private"},
                "new_chat_member": {"status": "kicked", "user": person(1)},
            }
        },
        {"something_new": {"of": "2027"}},
    ],
    ids=lambda update: next(iter(update)),
)
async def test_other_kinds_are_acknowledged_and_ignored(
    hook: Hook, telegram: FakeTelegram, server: Server, update: dict[str, Any]
) -> None:
    assert (await hook(telegram.update(**update))).status_code == 200
    await flush(hook, telegram)
    assert len(telegram.called("sendMessage")) == 1
    assert len(server.agent.seen) == 1


async def test_moving_live_locations_are_no_messages(hook: Hook, telegram: FakeTelegram) -> None:
    moved = telegram.message(ANN, location={"latitude": 1.0, "longitude": 2.0})
    await hook(telegram.update(edited_message=moved))
    await flush(hook, telegram)
    assert not telegram.sent(ANN)


async def test_other_bots_are_not_answered(hook: Hook, telegram: FakeTelegram) -> None:
    message = telegram.message(ANN, text="hello")
    message["from"]["is_bot"] = True
    assert (await hook(telegram.update(message=message))).status_code == 200
    await flush(hook, telegram)
    assert not telegram.sent(ANN)


async def test_a_group_is_told_once_that_answers_are_private(
    hook: Hook, telegram: FakeTelegram, server: Server
) -> None:
    joined = {
        "chat": {"id": GROUP, "title": "Family", "type": "supergroup"},
        "from": person(ANN),
        "new_chat_member": {"status": "member", "user": person(1)},
    }
    await hook(telegram.update(my_chat_member=joined))
    await hook(telegram.update(message=group(telegram, text="/help@clinic_bot")))
    await hook(telegram.update(message=group(telegram, text="what does it cost?")))
    (message,) = telegram.sent(GROUP)
    assert "private chats only" in message["text"]
    assert not server.agent.seen


async def test_danger_in_a_group_is_answered_there_every_time(
    hook: Hook, telegram: FakeTelegram
) -> None:
    for _ in range(2):
        message = group(telegram, text="I want to kill myself")
        await hook(telegram.update(message=message))
    first, second = telegram.sent(GROUP)
    for reply in (first, second):
        assert "988" in reply["text"]
        assert "741741" in reply["text"]
    assert second["reply_parameters"]["message_id"] == message["message_id"]


async def test_a_word_to_a_group_that_failed_is_said_when_the_update_comes_again(
    hook: Hook, telegram: FakeTelegram
) -> None:
    telegram.fail("sendMessage", 502)
    update = telegram.update(message=group(telegram, text="hello bot"))
    assert (await hook(update)).status_code == 503
    assert (await hook(update)).status_code == 200
    assert len(telegram.sent(GROUP)) == 1


async def test_a_group_that_lets_nobody_write_is_left_alone(
    hook: Hook, telegram: FakeTelegram
) -> None:
    update = telegram.update(message=group(telegram, text="hello bot"))
    telegram.blocked.add(GROUP)
    assert (await hook(update)).status_code == 200
