"""How the assistant calls its action server: with the shared token, and not for long."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

from assistant.operations.action_token import HEADER, action_tokens
from assistant.settings import settings

# Longer than an action waits for its database, which has better words for the visitor.
SECONDS = 6.0


class ActionEndpoint(EndpointConfig):  # type: ignore[misc]
    """Rasa's endpoint, which by itself waits five minutes for an action."""

    def __init__(self, url: str, token: str, seconds: float = SECONDS) -> None:
        """Create the endpoint; a call may take `seconds`."""
        super().__init__(url=url, headers={HEADER: token})
        self._seconds = seconds

    async def request(self, *arguments: Any, **options: Any) -> Any:
        """Call the action server and return its JSON.

        Raises:
            aiohttp.ServerTimeoutError: if it does not answer in time.
            aiohttp.ClientError: if it is not there.
            rasa.utils.endpoints.ClientResponseError: if it answers with an error.
        """
        options["timeout"] = self._seconds
        try:
            return await super().request(*arguments, **options)
        except asyncio.TimeoutError as error:
            raise aiohttp.ServerTimeoutError("no answer in time") from error


def use_action_endpoint(agent: Agent) -> None:
    """Have `agent` call the action server of endpoints.yml with token and time limit.

    Raises:
        assistant.keys.KeyProblem: if there is no token, and no key to make one of.
    """
    if agent.action_endpoint is None:
        return
    token = action_tokens(settings())[0]
    agent.action_endpoint = ActionEndpoint(agent.action_endpoint.url, token)
    if agent.processor:
        agent.processor.action_endpoint = agent.action_endpoint
