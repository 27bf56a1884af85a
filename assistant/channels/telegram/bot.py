"""One bot: what takes its updates, answers them, and makes it known to Telegram."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from assistant.channels.inbound import Inbound
from assistant.channels.limits import TokenBuckets
from assistant.channels.queue import QueuedRunner
from assistant.channels.telegram.api import BotApi, Refused
from assistant.channels.telegram.choices import Choices
from assistant.channels.telegram.configuration import Configuration
from assistant.channels.telegram.groups import CHANNEL
from assistant.channels.telegram.inbox import Inbox
from assistant.channels.telegram.registration import register
from assistant.channels.telegram.sending import Sender
from assistant.channels.telegram.typing_sign import TypingSign
from assistant.channels.telegram.updates import Update
from assistant.channels.turns import OnNewMessage
from assistant.responses.book import Files
from assistant.responses.catalog import catalog_of
from assistant.responses.library import Library
from assistant.settings import ROOT

logger = structlog.get_logger()


class Bot:
    """The bot of one configuration."""

    def __init__(
        self, configuration: Configuration, on_new_message: OnNewMessage, limits: TokenBuckets
    ) -> None:
        """Create the bot; Telegram is not called yet.

        Raises:
            assistant.keys.KeyProblem: if there is no key to seal waiting messages with.
        """
        self._configuration = configuration
        self._api = BotApi(configuration.api, configuration.token)
        choices = Choices(Library(Files.under(ROOT), catalog_of({})))
        self._sender = Sender(self._api, choices)
        self._typing = TypingSign(self._api)
        self._runner = QueuedRunner(CHANNEL, on_new_message, self._deliver)
        self._inbox = Inbox(self._api, self._sender, choices, self._runner, self._typing, limits)
        self._registering: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Answer what is left from before; set the webhook in the background."""
        await self._runner.start()
        if self._configuration.webhook_url:
            self._registering = asyncio.create_task(register(self._api, self._configuration))
        else:
            logger.warning("telegram.no_webhook_url", hint="set TELEGRAM_WEBHOOK_URL")

    async def stop(self) -> None:
        """Let running turns end."""
        if self._registering:
            self._registering.cancel()
        await self._runner.stop()
        await self._api.close()

    async def take(self, update: Update) -> None:
        """Handle an update; it may be acknowledged once this returns.

        Raises:
            NotNow, QueueUnavailable, RejectedMessage: if Telegram shall deliver it again.
        """
        try:
            await self._inbox.take(update)
        except Refused:
            return  # By a group that lets nobody write, for one: again would be no better.

    async def _deliver(self, message: Inbound, answers: list[dict[str, Any]]) -> None:
        self._typing.hide(message.sender)
        await self._sender.deliver(message, answers)
