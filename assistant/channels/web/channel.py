"""The channel as Rasa sees it: one blueprint with the chat, the page and the widget's files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from socketio import AsyncServer

from assistant.channels.inbound import Inbound, RejectedMessage
from assistant.channels.limits import TokenBuckets
from assistant.channels.queue import QueuedRunner
from assistant.channels.reception import Reception
from assistant.channels.turns import OnNewMessage, TurnRunner, cause_of
from assistant.channels.web.events import CHANNEL, Ack, WebEvents
from assistant.channels.web.fan_out import FanOut, client_manager
from assistant.channels.web.feedback import Feedback
from assistant.channels.web.forgetting import Forgetting
from assistant.channels.web.origins import Origins
from assistant.channels.web.outgoing import answer_id, bot_uttered, for_stock_clients
from assistant.channels.web.presence import Payload, Presence
from assistant.channels.web.routes import add_pages, send_root_to_article
from assistant.channels.web.server import StrictServer
from assistant.channels.web.sessions import Sessions
from assistant.channels.web.shapes import MalformedEvent
from assistant.channels.web.unstored import Unstored
from assistant.keys import keys_from
from assistant.settings import CONTENT, ROOT, settings
from assistant.stores.database import open_engine

logger = structlog.get_logger()

SOCKET_PATH = "/socket.io"
MAX_EVENT = 200_000  # bytes; 20,000 characters, of which danger is looked for, take 80 kB
_EVENTS = ("session_request", "user_uttered", "feedback", "start_over", "forget_me")


class WebChannel(InputChannel):  # type: ignore[misc]
    """Socket.IO for the widget and for Rasa's stock web clients, and the website around it."""

    def __init__(self, messages_per_second: float = 0.5, burst: int = 10) -> None:
        """Create the channel with its limit for one visitor."""
        self._limits = TokenBuckets(messages_per_second, burst)

    @classmethod
    def name(cls) -> str:
        """The channel's name, which begins the ids of its conversations."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        """Create the channel from its entry in credentials.yml, which may be empty."""
        return cls(**(credentials or {}))

    def url_prefix(self) -> str:
        """The site's root: a leading slash leaves Rasa's /webhooks/."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the routes of this channel, with the chat attached to the same server."""
        sio = StrictServer(
            async_mode="sanic",
            cors_allowed_origins=Origins(settings().web_origins.split(",")).accept,
            cors_credentials=False,
            max_http_buffer_size=MAX_EVENT,
            client_manager=client_manager(settings()),
        )
        fan_out = FanOut(sio)
        presence = Presence(partial(_send, sio), fan_out.deliver)
        deliver = partial(_deliver, presence)
        runner = QueuedRunner(CHANNEL, on_new_message, deliver)
        turns = TurnRunner(on_new_message)
        _listen(
            sio,
            WebEvents(
                sio,
                Sessions(keys_from(settings())),
                presence,
                fan_out,
                Reception(CHANNEL, self._limits),
                runner,
                Unstored(turns, deliver),
                Feedback(open_engine(settings().database_url)),
                Forgetting(turns, runner),
            ),
        )
        blueprint = _WebBlueprint(sio, "assistant_web")
        blueprint.listener("after_server_start")(_called(fan_out.start, runner.start))
        blueprint.listener("before_server_stop")(_called(runner.stop, fan_out.stop))
        add_pages(blueprint, ROOT / "web", CONTENT)
        return blueprint


class _WebBlueprint(Blueprint):  # type: ignore[misc]
    """Also adds to the app what a blueprint alone cannot."""

    def __init__(self, sio: AsyncServer, name: str) -> None:
        super().__init__(name)
        self.ctx.sio = sio

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Attach to `app`."""
        self.ctx.sio.attach(app, SOCKET_PATH)
        send_root_to_article(app)
        super().register(app, options)  # type: ignore[no-untyped-call]


def _called(*works: Callable[[], Awaitable[None]]) -> Callable[[Sanic, object], Awaitable[None]]:
    async def listener(app: Sanic, loop: object) -> None:
        for work in works:
            await work()

    return listener


async def _send(
    sio: AsyncServer, sid: str, payload: Payload, received: Callable[..., None] | None
) -> None:
    # Only our widget acknowledges.
    shown = payload if received else for_stock_clients(payload)
    await sio.emit("bot_uttered", shown, to=sid, callback=received, ignore_queue=True)


async def _deliver(presence: Presence, message: Inbound, answers: list[dict[str, Any]]) -> None:
    payloads = [
        bot_uttered(answer_id(message.message_id, index), answer)
        for index, answer in enumerate(answers)
    ]
    await presence.deliver(message.sender, payloads)


def _listen(sio: AsyncServer, events: WebEvents) -> None:
    sio.on("connect", events.connect)
    sio.on("disconnect", events.disconnect)
    for name in _EVENTS:
        sio.on(name, _guarded(getattr(events, name)))

    @sio.on("*")  # type: ignore[untyped-decorator]
    async def unknown(name: str, sid: str, *_: object) -> Ack:
        return {"error": "There is no such event.", "status": 404}


def _guarded(handler: Callable[..., Awaitable[Ack]]) -> Callable[..., Awaitable[Ack]]:
    """Have whatever goes wrong acknowledged, so that no event vanishes."""

    async def guarded(sid: str, *arguments: object) -> Ack:
        try:
            return await handler(sid, *arguments)
        except (MalformedEvent, RejectedMessage) as error:
            return {"error": error.reason, "status": error.status}
        # The last line of defence: the browser waits for an answer.
        except Exception as error:
            logger.error("web.event.failed", **cause_of(error))
            return {"error": "Something went wrong. Please try again.", "status": 500}

    return guarded
