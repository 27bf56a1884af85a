"""Makes the server's application."""

from __future__ import annotations

from rasa_sdk.endpoint import create_app as create_rasa_app
from sanic import Sanic

from actions.server.guard import protect


def create_app(tokens: list[str]) -> Sanic:
    """Return Rasa's action server with all actions of this project.

    Args:
        tokens: of which a call has to carry one.
    """
    app: Sanic = create_rasa_app("actions", cors_origins=[])
    protect(app, tokens)
    return app
