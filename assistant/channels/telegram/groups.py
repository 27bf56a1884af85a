"""Chats with several people: the assistant answers in private chats only."""

from __future__ import annotations

from assistant.channels.inbound import Inbound
from assistant.channels.telegram.once import Once
from assistant.channels.telegram.sending import Sender
from assistant.channels.telegram.updates import MembershipChange, Message
from assistant.channels.unavailable import unless_in_danger
from assistant.nlu.safety import screen

CHANNEL = "telegram"
_A_DAY = 24 * 3600.0  # seconds
_JOINED = {"member", "administrator"}
_NOT_HERE = "utter_private_chats_only"


class Groups:
    """Says so once a day in each group. Only a message of somebody in danger is answered there.

    What is said here is sent before the update is acknowledged: if that fails, Telegram delivers
    the update again.
    """

    def __init__(self, sender: Sender) -> None:
        """Create it; `sender` sends what is said."""
        self._sender = sender
        self._once = Once(_A_DAY)

    async def take(self, update_id: int, message: Message) -> None:
        """Handle a message of a group."""
        if not message.words and not message.media:
            return
        text = message.words or ""
        if screen(text).tier == "HARD" or self._may_speak(message.chat.id, update_id):
            await self._say(message.chat.id, text, message.message_id)

    async def join(self, update_id: int, change: MembershipChange) -> None:
        """Handle a change of what the bot is in a chat."""
        is_group = change.chat.type in ("group", "supergroup")
        if is_group and change.new.status in _JOINED and self._may_speak(change.chat.id, update_id):
            await self._say(change.chat.id, "")

    def _may_speak(self, chat: int, update_id: int) -> bool:
        return self._once.claim(str(chat), update_id)

    async def _say(self, chat: int, text: str, in_reply_to: int | None = None) -> None:
        reply = await unless_in_danger(Inbound(CHANNEL, str(chat), text), _NOT_HERE)
        await self._sender.say(str(chat), reply["text"], in_reply_to=in_reply_to)
