"""`/health`, `/ready` and `/metrics` on the web port, and what the server needs at its start.

Rasa lets a project add routes and start-up code to its server by a channel only; no message
ever comes in by this one.
"""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import REGISTRY
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.exceptions import NotFound, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response

from assistant.channels.turns import OnNewMessage
from assistant.engine.ahead import judge_ahead
from assistant.engine.turns import lighten_turns
from assistant.operations.action_endpoint import use_action_endpoint
from assistant.operations.logs import log_json_lines
from assistant.operations.readiness import Readiness
from assistant.operations.waiting import Waiting
from assistant.operations.watchdog import watch
from assistant.settings import settings
from assistant.stores.database import open_engine

_REASONS = {404: "There is no such page.", 405: "This method is not allowed here."}
_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class OperationsChannel(InputChannel):  # type: ignore[misc]
    """Has to be the first in credentials.yml: what it sets up is for the others as well."""

    def __init__(self, json_logs: bool = False) -> None:
        """Create the channel.

        Args:
            json_logs: whether the process logs JSON lines from now on.
        """
        if json_logs:
            log_json_lines()

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "operations"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> OperationsChannel:
        """Create the channel from its entry in credentials.yml, which may be empty."""
        return cls(**(credentials or {}))

    def url_prefix(self) -> str:
        """The root: a leading slash leaves Rasa's /webhooks/."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes."""
        own = settings()
        blueprint = _Blueprint("assistant_operations")
        engine = open_engine(own.database_url)
        _add_probes(blueprint, Readiness(engine))
        if own.metrics_token:
            _add_metrics(blueprint, Waiting(engine), own.metrics_token.get_secret_value())

        @blueprint.listener("after_server_start")
        async def started(app: Sanic, loop: object) -> None:
            # Nothing is written there (logs.py), but each line would still be put together.
            app.config.ACCESS_LOG = False
            app.ctx.watchdog = asyncio.create_task(watch())
            app.ctx.second_process = None
            if isinstance(agent := _agent(app), Agent):
                use_action_endpoint(agent)
                lighten_turns(agent)
                if own.nlu_process and agent.processor:
                    app.ctx.second_process = judge_ahead(agent.processor)

        @blueprint.listener("before_server_stop")
        async def stopping(app: Sanic, loop: object) -> None:
            app.ctx.watchdog.cancel()
            if app.ctx.second_process:
                await app.ctx.second_process.stop()

        return blueprint


class _Blueprint(Blueprint):  # type: ignore[misc]
    """Also has the app answer what no channel does in plain JSON.

    Sanic's own error page fails by itself, with 500, when the `accept` header is malformed.
    """

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Attach to `app`."""

        @app.exception(SanicException)  # type: ignore[no-untyped-call]
        async def refused(request: Request, error: SanicException) -> HTTPResponse:
            body = {"error": _REASONS.get(error.status_code, "The request could not be read.")}
            return json_response(body, status=error.status_code, headers=_HEADERS)

        super().register(app, options)  # type: ignore[no-untyped-call]


def _add_probes(blueprint: Blueprint, readiness: Readiness) -> None:
    @blueprint.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json_response({"status": "ok"}, headers=_HEADERS)

    @blueprint.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        if request.app.state.is_stopping:
            return _not_ready("The assistant is stopping.")
        if problem := await readiness.problem(_agent(request.app)):
            return _not_ready(problem)
        return json_response({"status": "ready"}, headers=_HEADERS)


def _add_metrics(blueprint: Blueprint, waiting: Waiting, token: str) -> None:
    """Add `/metrics` for who knows the token; to everybody else there is no such page."""
    from_database = CollectorRegistry()
    from_database.register(waiting)

    @blueprint.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        given = request.headers.get("authorization", "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, f"Bearer {token}".encode()):
            raise NotFound("There is no such page.")
        waits = await asyncio.to_thread(generate_latest, from_database)
        body = generate_latest(REGISTRY) + waits
        return raw(body, headers=_HEADERS, content_type=CONTENT_TYPE_LATEST)


def _agent(app: Sanic) -> Any:
    return getattr(app.ctx, "agent", None)


def _not_ready(reason: str) -> HTTPResponse:
    body = {"status": "not ready", "reason": reason}
    return json_response(body, status=503, headers=_HEADERS)
