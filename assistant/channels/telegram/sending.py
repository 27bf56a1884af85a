"""Sends answers: split, with their buttons, each part once."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import Any

import structlog

from assistant.channels.inbound import Inbound
from assistant.channels.telegram.api import BotApi, NotNow, Refused
from assistant.channels.telegram.choices import Choices
from assistant.channels.text_limits import split, units

logger = structlog.get_logger()

TAPPED = "tap-"  # begins the message id of a tap on a button
LONGEST_WAIT = 30.0  # seconds to wait here when Telegram wants a pause
MAX_UNITS = 4_096  # of one message, in UTF-16 code units
# No parse_mode either: what stands in a text is never markup.
_PLAIN: dict[str, Any] = {"link_preview_options": {"is_disabled": True}}
_REMEMBERED = 10_000  # chats and deliveries; the oldest is forgotten first
_ROW_CHARACTERS = 26  # of two titles beside each other, so that a phone shows them whole


class Sender:
    """Sends messages to chats and keeps the pauses that Telegram asks for."""

    def __init__(self, api: BotApi, choices: Choices) -> None:
        """Create the sender."""
        self._api = api
        self._choices = choices
        self._sent: OrderedDict[str, int] = OrderedDict()
        self._not_before: OrderedDict[str, float] = OrderedDict()

    async def deliver(self, message: Inbound, answers: list[dict[str, Any]]) -> None:
        """Send the answers to a message; parts that an earlier try has sent are left out.

        Raises:
            NotNow: if not all was sent; what is left can be tried again.
            Refused: if Telegram will never take it.
        """
        quoted = None
        if message.message_id and message.message_id.startswith(TAPPED):
            quoted = await self._choices.title_of(message.text)
        parts: list[dict[str, Any]] = []
        for answer in answers:
            parts += await self._parts(answer, None if parts else quoted)
        delivery = f"{message.tracker_id} {message.message_id}"
        for part in parts[self._sent.get(delivery, 0) :]:
            await self._send(message.sender, part)
            _remember(self._sent, delivery, self._sent.get(delivery, 0) + 1)
        self._sent.pop(delivery, None)

    async def say(self, chat: str, text: str, *, in_reply_to: int | None = None) -> None:
        """Send a text without buttons; raises as `deliver` does."""
        for part in split(text, MAX_UNITS):
            fields: dict[str, Any] = {"text": part}
            if in_reply_to is not None:
                fields["reply_parameters"] = {
                    "message_id": in_reply_to,
                    "allow_sending_without_reply": True,
                }
            await self._send(chat, fields)

    async def _parts(self, answer: dict[str, Any], quoted: str | None) -> list[dict[str, Any]]:
        """The messages of an answer; above it, set off, the words that the visitor tapped."""
        text = answer.get("text") or ""
        texts = split(f"{quoted}\n{text}" if quoted and text else text, MAX_UNITS)
        parts: list[dict[str, Any]] = [{"text": text} for text in texts]
        if parts and quoted:
            quotation = {"type": "blockquote", "offset": 0, "length": units(quoted)}
            parts[0]["entities"] = [quotation]
        rows = await self._rows(answer.get("buttons") or [])
        if parts and rows:
            parts[-1]["reply_markup"] = {"inline_keyboard": rows}
        return parts

    async def _rows(self, buttons: list[dict[str, str]]) -> list[list[dict[str, str]]]:
        """The keyboard: two short titles in a row, a long one alone."""
        rows: list[list[dict[str, str]]] = []
        for button in buttons:
            data = await self._choices.data_for(button["payload"])
            if data is None:
                logger.error("telegram.button.unknown", title=button["title"])
                continue
            shown = {"text": button["title"], "callback_data": data}
            fits = rows and len(rows[-1]) == 1
            if fits and len(rows[-1][0]["text"]) + len(shown["text"]) <= _ROW_CHARACTERS:
                rows[-1].append(shown)
            else:
                rows.append([shown])
        return rows

    async def _send(self, chat: str, fields: dict[str, Any]) -> None:
        await self._keep_pause(chat)
        try:
            await self._send_now(chat, fields)
        except NotNow as error:
            if not 0 < error.seconds <= LONGEST_WAIT:
                raise
            await self._keep_pause(chat)
            await self._send_now(chat, fields)

    async def _send_now(self, chat: str, fields: dict[str, Any]) -> None:
        try:
            await self._api.call(
                "sendMessage",
                chat_id=int(chat),
                link_preview_options={"is_disabled": True},
                **fields,
            )
        except NotNow as error:
            if error.seconds:
                _remember(self._not_before, chat, time.monotonic() + error.seconds)
            raise
        except Refused as error:
            logger.warning("telegram.refused", status=error.status)
            raise

    async def _keep_pause(self, chat: str) -> None:
        left = self._not_before.get(chat, 0.0) - time.monotonic()
        if left > LONGEST_WAIT:
            raise NotNow("sendMessage: Telegram wants a pause")
        if left > 0:
            await asyncio.sleep(left)
        self._not_before.pop(chat, None)


def _remember(memory: OrderedDict[str, Any], key: str, value: Any) -> None:
    memory[key] = value
    memory.move_to_end(key)
    if len(memory) > _REMEMBERED:
        memory.popitem(last=False)
