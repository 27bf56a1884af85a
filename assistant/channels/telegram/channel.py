"""`POST /webhooks/telegram/webhook`: where Telegram delivers what visitors write."""

from __future__ import annotations

import hmac
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from assistant.channels.body import read_body
from assistant.channels.inbound import RejectedMessage
from assistant.channels.limits import TokenBuckets
from assistant.channels.queue import QueueUnavailable
from assistant.channels.telegram.api import NotNow
from assistant.channels.telegram.bot import Bot
from assistant.channels.telegram.configuration import Configuration, configured
from assistant.channels.telegram.groups import CHANNEL
from assistant.channels.telegram.updates import Update
from assistant.channels.turns import OnNewMessage
from assistant.json_objects import fit, read_object
from assistant.settings import settings

MAX_BODY = 256 * 1024  # bytes; a text of 4,096 units that quotes another takes under 100 kB
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105


class TelegramChannel(InputChannel):  # type: ignore[misc]
    """A Telegram bot; without TELEGRAM_TOKEN there are no routes at all."""

    def __init__(
        self,
        configuration: Configuration | None,
        messages_per_second: float = 1,
        burst: int = 20,
    ) -> None:
        """Create the channel with its limit for one visitor."""
        self._configuration = configuration
        self._limits = TokenBuckets(messages_per_second, burst)

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its place in the URL."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TelegramChannel:
        """Create the channel from the environment; credentials.yml may set its limits."""
        return cls(configured(settings()), **(credentials or {}))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes of this channel."""
        blueprint = Blueprint("assistant_telegram", url_prefix=self.url_prefix())
        if self._configuration:
            bot = Bot(self._configuration, on_new_message, self._limits)
            _add_routes(blueprint, bot, self._configuration.secret)
            _add_errors(blueprint)
        return blueprint


def _add_routes(blueprint: Blueprint, bot: Bot, secret: str) -> None:
    @blueprint.listener("after_server_start")
    async def start(app: Sanic, loop: object) -> None:
        await bot.start()

    @blueprint.listener("before_server_stop")
    async def stop(app: Sanic, loop: object) -> None:
        await bot.stop()

    @blueprint.get("/")
    async def health(request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @blueprint.post("/webhook", stream=True)
    async def receive(request: Request) -> HTTPResponse:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return _error(403, "The secret token is missing or wrong.")
        await bot.take(_parse(await read_body(request, MAX_BODY)))
        return json_response({})


def _add_errors(blueprint: Blueprint) -> None:
    @blueprint.exception(QueueUnavailable, NotNow)
    async def again(request: Request, error: Exception) -> HTTPResponse:
        return _error(503, "The update could not be taken now.")

    @blueprint.exception(RejectedMessage)
    async def rejected(request: Request, error: RejectedMessage) -> HTTPResponse:
        return _error(error.status, error.reason)

    @blueprint.exception(SanicException)
    async def failed(request: Request, error: SanicException) -> HTTPResponse:
        return _error(error.status_code, "The request could not be read.")


def _error(status: int, reason: str) -> HTTPResponse:
    return json_response({"error": reason}, status=status)


def _parse(body: bytes) -> Update:
    try:
        return fit(Update, read_object(body.decode()))
    except ValueError:
        # Not as its cause: the error quotes what the visitor wrote.
        raise RejectedMessage(400, "The request is not an update of Telegram's.") from None
