"""Tells Telegram where the assistant is, for as long as it takes."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from assistant.channels.telegram.api import BotApi, NotNow, Refused
from assistant.channels.telegram.commands import menu
from assistant.channels.telegram.configuration import Configuration
from assistant.channels.telegram.updates import READ

logger = structlog.get_logger()

FIRST_PAUSE = 1.0  # seconds, doubled after each failure
LONGEST_PAUSE = 300.0


async def register(api: BotApi, configuration: Configuration) -> None:
    """Set the webhook, then the menu of commands, trying again until Telegram has taken them.

    What waits at Telegram is kept. What Telegram refuses (an address that it cannot resolve, for
    one) is tried again as well: the reason may lie outside and pass.
    """
    await _until_taken(
        api,
        "setWebhook",
        url=configuration.webhook_url,
        secret_token=configuration.secret,
        allowed_updates=READ,
        drop_pending_updates=False,
    )
    await _until_taken(api, "setMyCommands", commands=menu("en"))
    await _until_taken(api, "setMyCommands", commands=menu("es"), language_code="es")


async def _until_taken(api: BotApi, method: str, **fields: Any) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            await api.call(method, **fields)
        except (NotNow, Refused) as error:
            pause = max(pause, error.seconds if isinstance(error, NotNow) else 0.0)
            logger.error("telegram.set_up.failed", reason=str(error), again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            logger.info("telegram.set_up.done", method=method)
            return
