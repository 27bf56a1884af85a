"""What is done with each kind of update."""

from __future__ import annotations

import asyncio
from typing import Any

from assistant.channels.inbound import Inbound
from assistant.channels.limits import TokenBuckets
from assistant.channels.queue import QueuedRunner
from assistant.channels.reception import Reception
from assistant.channels.telegram.api import BotApi, NotNow, Refused
from assistant.channels.telegram.choices import Choices
from assistant.channels.telegram.commands import said_by
from assistant.channels.telegram.groups import CHANNEL, Groups
from assistant.channels.telegram.once import Once
from assistant.channels.telegram.sending import TAPPED, Sender
from assistant.channels.telegram.typing_sign import TypingSign
from assistant.channels.telegram.updates import CallbackQuery, Message, Update, User
from assistant.channels.unavailable import unless_in_danger
from assistant.nlu.reading.spanish import Language

_ALBUM = 600.0  # seconds within which the pictures of one album arrive
# What a contact card says. Nothing of the card itself is read.
_CALL_ME: dict[Language, str] = {
    "en": "Please have someone call me back.",
    "es": "Por favor, que alguien me llame.",
}


class Inbox:
    """Takes updates: what visitors say goes to the queue."""

    def __init__(
        self,
        api: BotApi,
        sender: Sender,
        choices: Choices,
        runner: QueuedRunner,
        typing_sign: TypingSign,
        limits: TokenBuckets,
    ) -> None:
        """Create the inbox; `limits` is for the messages of one visitor."""
        self._api = api
        self._sender = sender
        self._choices = choices
        self._runner = runner
        self._typing = typing_sign
        self._reception = Reception(CHANNEL, limits)
        self._albums = Once(_ALBUM)
        self._groups = Groups(sender)
        self._calls: set[asyncio.Task[None]] = set()

    async def take(self, update: Update) -> None:
        """Handle an update. An edited message is a new one: it is screened, read and answered.

        Raises:
            QueueUnavailable: if it could not be stored.
            RejectedMessage: if too many messages of this visitor wait to be stored.
            NotNow: if a word to a group could not be sent.
            Refused: if it never can be sent.
        """
        if update.callback_query:
            await self._tapped(update.update_id, update.callback_query)
        elif update.my_chat_member:
            await self._groups.join(update.update_id, update.my_chat_member)
        elif message := update.message or update.edited_message:
            if message.sender is None or message.sender.is_bot:
                return
            language = _language(message.sender)
            if not message.chat.is_private:
                await self._groups.take(update.update_id, message)
            elif message.words:
                text = said_by(message.words, language)
                await self._accept(str(message.chat.id), text, str(update.update_id))
            elif message.media and message is update.message:
                await self._wordless(update.update_id, message, language)

    async def _accept(self, chat: str, text: str | None, update_id: str) -> bool:
        """Queue a message, unless it is one too many; False if the update was seen before."""
        message = self._reception.take(chat, text, update_id)
        if message is None:
            return True
        is_new = await self._runner.accept(message)
        if is_new:
            self._typing.show(chat)
        return is_new

    async def _wordless(self, update_id: int, message: Message, language: Language) -> None:
        chat, album = str(message.chat.id), message.media_group_id
        if message.media == "contact":
            await self._accept(chat, _CALL_ME[language], str(update_id))
        elif not album or self._albums.claim(f"{chat} {album}", update_id):
            await self._accept(chat, None, str(update_id))

    async def _tapped(self, update_id: int, query: CallbackQuery) -> None:
        chat = query.message.chat if query.message else None
        choice = await self._choices.of(query.data or "")
        if chat is None or not chat.is_private:
            self._call("answerCallbackQuery", callback_query_id=query.id)
        elif choice is None:
            gone = Inbound(CHANNEL, str(chat.id), "")
            text = (await unless_in_danger(gone, "utter_button_gone"))["text"]
            self._call("answerCallbackQuery", callback_query_id=query.id, text=text)
        elif await self._accept(str(chat.id), choice.payload, f"{TAPPED}{update_id}"):
            self._call("answerCallbackQuery", callback_query_id=query.id)

    def _call(self, method: str, **fields: Any) -> None:
        """Call Telegram without waiting; it does not matter much whether it works."""
        task = asyncio.create_task(self._try(method, fields))
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)

    async def _try(self, method: str, fields: dict[str, Any]) -> None:
        try:
            await self._api.call(method, **fields)
        except (NotNow, Refused):
            return


def _language(user: User) -> Language:
    return "es" if user.language_code.startswith("es") else "en"
