"""Lets in who knows the token and sends a call of the right shape."""

from __future__ import annotations

import hmac

import structlog
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from actions.server.shapes import check_call
from assistant.channels.turns import cause_of
from assistant.operations.action_token import HEADER

logger = structlog.get_logger()

HEALTH = "/health"
WEBHOOK = "/webhook"


def protect(app: Sanic, tokens: list[str]) -> None:
    """Put the checks before every route of Rasa's action server but its health.

    What is refused gets 403 without the token, and 422 with a body that is no action call. An
    action that fails is answered with 500 and nothing of what was sent: Rasa's own handler
    repeats the request, with the visitor's words, in answer and log.
    """

    @app.on_request  # type: ignore[untyped-decorator]
    async def check(request: Request) -> HTTPResponse | None:
        if request.path == HEALTH:
            return None
        if not _knows(request.headers.get(HEADER, ""), tokens):
            return _error(403, "The token is missing or wrong.")
        if request.path == WEBHOOK and request.method == "POST":
            return _refusal(request)
        return None

    @app.exception(SanicException)  # type: ignore[no-untyped-call]
    async def refused(request: Request, error: SanicException) -> HTTPResponse:
        return _error(error.status_code, "The request could not be read.")

    @app.exception(Exception)  # type: ignore[no-untyped-call]
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        logger.error("actions.failed", **cause_of(error))
        return _error(500, "The action failed.")


def _knows(given: str, tokens: list[str]) -> bool:
    found = given.encode(errors="surrogateescape")
    return any([hmac.compare_digest(found, token.encode()) for token in tokens])


def _refusal(request: Request) -> HTTPResponse | None:
    if request.headers.get("content-encoding"):
        return _error(415, "Please send plain JSON.")
    try:
        check_call(request.body)
    except ValueError:
        return _error(422, "This is not an action call.")
    return None


def _error(status: int, reason: str) -> HTTPResponse:
    return json_response({"error": reason}, status=status)
