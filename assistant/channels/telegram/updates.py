"""What is read of Telegram's updates; everything else in them is dropped at once."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Extra, Field, root_validator

# Messages that people send without text. What is not named here (somebody joined, a message was
# pinned, a timer was set) is news from Telegram itself and needs no answer.
_MEDIA = (
    "contact", "photo", "voice", "audio", "video", "video_note", "sticker", "animation",
    "document", "location", "venue", "poll", "dice", "story", "paid_media", "game", "checklist",
)  # fmt: skip


class _Read(BaseModel, extra=Extra.ignore, allow_mutation=False):
    """Keeps the fields that it names."""


class User(_Read):
    """Who sent something; their name is not read."""

    id: int
    is_bot: bool = False
    language_code: str = "en"


class Chat(_Read):
    """Where it was sent: "private", "group", "supergroup" or "channel"."""

    id: int
    type: str

    @property
    def is_private(self) -> bool:
        """Whether nobody but the visitor and the bot can read it."""
        return self.type == "private"


class Message(_Read):
    """A message; of a photo, a contact card and the like only its kind is kept."""

    message_id: int
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str | None = None
    media_group_id: str | None = None
    media: str | None = None

    @root_validator(pre=True)
    def _name_media(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "media": next((kind for kind in _MEDIA if kind in values), None)}

    @property
    def words(self) -> str | None:
        """Its text, or the caption of what was sent."""
        return self.text or self.caption


class TappedMessage(_Read):
    """The message that a tapped button belongs to."""

    chat: Chat


class CallbackQuery(_Read):
    """A tap on a button; `message` is missing if the button was sent elsewhere by somebody."""

    id: str
    sender: User = Field(alias="from")
    message: TappedMessage | None = None
    data: str | None = None


class MemberStatus(_Read):
    """What the bot is in a chat: "member", "administrator", "left", "kicked" ..."""

    status: str


class MembershipChange(_Read):
    """The bot was added to a chat, blocked, or the like."""

    chat: Chat
    new: MemberStatus = Field(alias="new_chat_member")


class Update(_Read):
    """One update; kinds that are not named here need no answer."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MembershipChange | None = None


READ = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that Telegram is asked to send (`allowed_updates`)."""
