"""The Bot API's own rules for the calls that we make; unknown fields are refused.

From https://core.telegram.org/bots/api as of version 9.
"""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Extra, StrictBool, StrictInt, StrictStr, validator

UPDATE_KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "callback_query",
    "my_chat_member", "chat_member", "inline_query", "message_reaction", "poll",
}  # fmt: skip
_PORTS = {443, 80, 88, 8443}


def units(text: str) -> int:
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


class Strict(BaseModel, extra=Extra.forbid):
    """Knows its fields and nothing else."""


class Button(Strict):
    text: StrictStr
    callback_data: StrictStr

    @validator("text")
    def _has_text(cls, text: str) -> str:
        assert text.strip(), "button text is empty"
        return text

    @validator("callback_data")
    def _is_short(cls, data: str) -> str:
        assert 1 <= len(data.encode()) <= 64, "BUTTON_DATA_INVALID"
        return data


class Keyboard(Strict):
    inline_keyboard: list[list[Button]]

    @validator("inline_keyboard")
    def _has_rows(cls, rows: list[list[Button]]) -> list[list[Button]]:
        assert rows, "no rows"
        assert all(1 <= len(row) <= 8 for row in rows), "rows hold one to eight buttons"
        return rows


class Entity(Strict):
    type: Literal["blockquote", "bold", "italic"]
    offset: StrictInt
    length: StrictInt


class LinkPreview(Strict):
    is_disabled: StrictBool


class ReplyParameters(Strict):
    message_id: StrictInt
    allow_sending_without_reply: StrictBool = False


class SendMessage(Strict):
    chat_id: StrictInt
    text: StrictStr
    entities: list[Entity] = []
    reply_markup: Keyboard | None = None
    link_preview_options: LinkPreview | None = None
    reply_parameters: ReplyParameters | None = None

    @validator("text")
    def _fits(cls, text: str) -> str:
        assert text.strip(), "message text is empty"
        assert units(text) <= 4096, "message is too long"
        return text

    @validator("entities", each_item=True)
    def _is_within(cls, entity: Entity, values: dict[str, Any]) -> Entity:
        assert entity.offset >= 0 < entity.length, "entity without a place"
        assert entity.offset + entity.length <= units(values.get("text", "")), "entity ends outside"
        return entity


class AnswerCallbackQuery(Strict):
    callback_query_id: StrictStr
    text: StrictStr = ""

    @validator("text")
    def _is_short(cls, text: str) -> str:
        assert len(text) <= 200, "MESSAGE_TOO_LONG"
        return text


class SendChatAction(Strict):
    chat_id: StrictInt
    action: Literal["typing"]


class SetWebhook(Strict):
    url: StrictStr
    secret_token: StrictStr
    allowed_updates: list[str] = []
    drop_pending_updates: StrictBool = False

    @validator("url")
    def _is_public(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.hostname != "127.0.0.1":
            assert parts.scheme == "https", "bad webhook: HTTPS url must be provided"
            assert (parts.port or 443) in _PORTS, "bad webhook: ports are 80, 88, 443, 8443"
        return url

    @validator("secret_token")
    def _is_plain(cls, token: str) -> str:
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,256}", token), "secret token has bad characters"
        return token

    @validator("allowed_updates", each_item=True)
    def _is_known(cls, kind: str) -> str:
        assert kind in UPDATE_KINDS, "unknown kind of update"
        return kind


class Command(Strict):
    command: StrictStr
    description: StrictStr

    @validator("command")
    def _is_plain(cls, command: str) -> str:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", command), "BOT_COMMAND_INVALID"
        return command

    @validator("description")
    def _is_short(cls, description: str) -> str:
        assert 1 <= len(description) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID"
        return description


class SetMyCommands(Strict):
    commands: list[Command]
    language_code: StrictStr | None = None


METHODS: dict[str, type[Strict]] = {
    "sendMessage": SendMessage,
    "answerCallbackQuery": AnswerCallbackQuery,
    "sendChatAction": SendChatAction,
    "setWebhook": SetWebhook,
    "setMyCommands": SetMyCommands,
}
