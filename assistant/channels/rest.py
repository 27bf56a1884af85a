"""`POST /webhooks/rest/webhook`: Rasa's REST contract without its failures."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from assistant.channels.body import read_body
from assistant.channels.inbound import Gate, RejectedMessage
from assistant.channels.limits import TokenBuckets
from assistant.channels.turns import OnNewMessage, TurnRunner
from assistant.json_objects import NotAnObject, read_object

MAX_BODY = 64 * 1024  # bytes; 1,000 characters need 12 kB when each is escaped

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]


class RestChannel(InputChannel):  # type: ignore[misc]
    """Takes `{"sender", "message"}` and answers the list of responses.

    Other fields, `metadata` and `input_channel` among them, are ignored: nobody outside may
    set them. `?stream=true` is answered like any other request, with the whole list.
    """

    def __init__(self, messages_per_second: float = 20, burst: int = 500) -> None:
        """Create the channel with its limit for one sender."""
        self._limits = TokenBuckets(messages_per_second, burst)

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its place in the URL."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestChannel:
        """Create the channel from its entry in credentials.yml, which may be empty."""
        return cls(**(credentials or {}))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes of this channel."""
        blueprint = Blueprint("assistant_rest", url_prefix=self.url_prefix())
        gate = Gate(self.name(), limits=self._limits)
        runner = TurnRunner(on_new_message)

        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @blueprint.route("/webhook", methods=_METHODS, stream=True)
        async def receive(request: Request) -> HTTPResponse:
            if request.method != "POST":
                return _error(405, "Please send a POST request.", {"allow": "POST"})
            body = _parse(await read_body(request, MAX_BODY))
            message = gate.accept(body.get("sender"), body.get("message"))
            return json_response(await runner.answers(message))

        @blueprint.exception(RejectedMessage)
        async def rejected(request: Request, error: RejectedMessage) -> HTTPResponse:
            return _error(error.status, error.reason)

        @blueprint.exception(SanicException)
        async def failed(request: Request, error: SanicException) -> HTTPResponse:
            return _error(error.status_code, "The request could not be read.")

        return blueprint


def _error(status: int, reason: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    return json_response({"error": reason}, status=status, headers=headers)


def _parse(body: bytes) -> dict[str, Any]:
    if not body.strip():
        raise RejectedMessage(400, "The request is empty.")
    try:
        return read_object(body)
    except NotAnObject as error:
        reason = 'The request must be an object: {"sender", "message"}.'
        raise RejectedMessage(400, reason) from error
    except ValueError as error:
        raise RejectedMessage(400, "The request is not valid JSON.") from error
