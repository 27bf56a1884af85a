"""`/webhooks/messenger/webhook`: Meta asks once whose it is, then posts what people write."""

from __future__ import annotations

import asyncio

from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response
from sanic.response import text as text_response

from assistant.channels.body import read_body
from assistant.channels.inbound import RejectedMessage
from assistant.channels.messenger.configuration import Configuration
from assistant.channels.messenger.events import Event, read_events
from assistant.channels.messenger.saying import said_with
from assistant.channels.messenger.sending import Sender
from assistant.channels.messenger.signature import is_same, is_signed
from assistant.channels.queue import QueuedRunner, QueueUnavailable
from assistant.channels.reception import Reception

MAX_BODY = 1024 * 1024  # bytes
# Meta counts a request as failed after 20 seconds, and sends it again.
_STORE_WITHIN = 15.0
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]


class Webhook:
    """Stores what people write before Meta is told that it was received."""

    def __init__(
        self,
        configuration: Configuration,
        reception: Reception,
        runner: QueuedRunner,
        sender: Sender,
    ) -> None:
        """Create the webhook."""
        self._configuration = configuration
        self._reception = reception
        self._runner = runner
        self._sender = sender

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the routes and what is answered when they fail."""

        @blueprint.route("/webhook", methods=_METHODS, stream=True)
        async def webhook(request: Request) -> HTTPResponse:
            return await self._handle(request)

        blueprint.exception(RejectedMessage)(_rejected)
        blueprint.exception(SanicException)(_unreadable)

    async def _handle(self, request: Request) -> HTTPResponse:
        if request.method == "GET":
            return self._verify(request)
        if request.method == "POST":
            return await self._receive(request)
        return _error(405, "Please send a GET or POST request.", {"allow": "GET, POST"})

    def _verify(self, request: Request) -> HTTPResponse:
        """Return the challenge to whoever knows the verify token, which Meta is told once."""
        known = is_same(request.args.get("hub.verify_token", ""), self._configuration.verify_token)
        challenge = request.args.get("hub.challenge", "")
        if request.args.get("hub.mode") != "subscribe" or not known or not challenge:
            raise RejectedMessage(403, "The verify token is wrong.")
        return text_response(challenge, headers={"x-content-type-options": "nosniff"})

    async def _receive(self, request: Request) -> HTTPResponse:
        body = await read_body(request, MAX_BODY)
        signature = request.headers.get("x-hub-signature-256")
        if not is_signed(body, signature, self._configuration.app_secret):
            raise RejectedMessage(403, "The signature is missing or wrong.")
        try:
            await asyncio.wait_for(self._take_all(read_events(body)), _STORE_WITHIN)
        except (QueueUnavailable, asyncio.TimeoutError):
            # Meta sends all of it again; what was stored is known by its id.
            return _error(503, "The messages could not be stored. Please send them again.")
        return text_response("EVENT_RECEIVED")

    async def _take_all(self, events: list[Event]) -> None:
        for event in events:
            await self._take(event)

    async def _take(self, event: Event) -> None:
        saying = said_with(event)
        if saying is None:
            return
        message = self._reception.take(event.sender.id, saying.text, saying.message_id)
        if message and await self._runner.accept(message):
            self._sender.show_seen(message.sender)


def _error(status: int, reason: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    return json_response({"error": reason}, status=status, headers=headers)


async def _rejected(request: Request, error: RejectedMessage) -> HTTPResponse:
    return _error(error.status, error.reason)


async def _unreadable(request: Request, error: SanicException) -> HTTPResponse:
    return _error(error.status_code, "The request could not be read.")
