"""The channel as credentials.yml names it."""

from __future__ import annotations

from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic

from assistant.channels.limits import TokenBuckets
from assistant.channels.messenger.configuration import Configuration, Incomplete, configured
from assistant.channels.messenger.graph import Graph
from assistant.channels.messenger.sending import Sender
from assistant.channels.messenger.webhook import Webhook
from assistant.channels.queue import QueuedRunner
from assistant.channels.reception import Reception
from assistant.channels.turns import OnNewMessage
from assistant.settings import settings

logger = structlog.get_logger()


class MessengerChannel(InputChannel):  # type: ignore[misc]
    """Answers on a Facebook page; without its variables it is simply not there."""

    def __init__(
        self,
        configuration: Configuration | None,
        messages_per_second: float = 0.5,
        burst: int = 10,
    ) -> None:
        """Create the channel with its limit for one sender."""
        self._configuration = configuration
        self._limits = TokenBuckets(messages_per_second, burst)

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its place in the URL."""
        return "messenger"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> MessengerChannel:
        """Create the channel from the environment; its entry may set the limits."""
        try:
            configuration = configured(settings())
        except Incomplete as error:
            logger.error("messenger.off", reason=str(error))
            configuration = None
        return cls(configuration, **(credentials or {}))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes of this channel."""
        blueprint = Blueprint("assistant_messenger", url_prefix=self.url_prefix())
        if self._configuration is None:
            return blueprint
        graph = Graph(self._configuration)
        sender = Sender(graph)
        runner = QueuedRunner(self.name(), on_new_message, sender.deliver)
        reception = Reception(self.name(), self._limits)
        Webhook(self._configuration, reception, runner, sender).add_to(blueprint)

        @blueprint.listener("after_server_start")
        async def start(app: Sanic, loop: Any) -> None:
            await runner.start()

        @blueprint.listener("before_server_stop")
        async def stop(app: Sanic, loop: Any) -> None:
            await runner.stop()
            sender.close()
            await graph.close()

        return blueprint
