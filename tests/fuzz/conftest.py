"""All channels and the action server on real Sanic servers, and a watch on what they log."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Coroutine, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from rasa.core.run import configure_app, create_http_input_channels
from sanic import Sanic

from actions.contact_requests.configured_store import open_store
from actions.server.app import create_app
from assistant.channels.queue.runner import configured_table
from assistant.nlu.safety import screen
from assistant.settings import settings
from tests.channels.conftest import StubAgent
from tests.channels.messenger.fake_graph import (
    APP_SECRET,
    PAGE_TOKEN,
    VERIFY_TOKEN,
    running_graph,
)
from tests.channels.telegram.fake import TOKEN, FakeTelegram
from tests.channels.web.conftest import lend_websockets

SECRET = "a-secret_of-2026"
ACTION_TOKEN = "action-token"
_CHANNELS = (
    "operations.channel.OperationsChannel",
    "channels.rest.RestChannel",
    "channels.web.WebChannel",
    "channels.telegram.TelegramChannel",
    "channels.messenger.MessengerChannel",
)
# A turn or an event that failed, or an exception that nobody expected.
_BAD = ("channel.turn.failed", "web.event.failed", "response.failed", "actions.failed")


@dataclass
class Watch:
    """Collects what must not be in a log."""

    bad: list[str] = field(default_factory=list)

    def event(self, logger: object, method: str, event: MutableMapping[str, Any]) -> Any:
        if event.get("exc_info") or event["event"] in _BAD:
            self.bad.append(str(dict(event)))
        raise structlog.DropEvent

    def record(self, record: logging.LogRecord) -> bool:
        # Engine.IO says so of every body that it cannot read, and of nothing else.
        malformed = record.name == "engineio.server" and record.msg == "post request handler error"
        if not malformed and (record.exc_info or "Traceback" in record.getMessage()):
            self.bad.append(logging.Formatter().format(record))
        return False


@dataclass
class Site:
    """Where the servers are, and the loop that they run in."""

    http: httpx.Client
    actions: httpx.Client
    url: str
    loop: asyncio.AbstractEventLoop
    watch: Watch

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine beside the servers."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def check(self, answer: httpx.Response) -> None:
        """Fail unless an answer is a decent one, and nothing bad was logged meanwhile."""
        assert answer.status_code < 500, answer.text
        assert "Traceback" not in answer.text
        self.check_log()

    def check_log(self) -> None:
        """Fail if something bad was logged."""
        bad, self.watch.bad = self.watch.bad, []
        assert not bad, "\n".join(bad)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("fuzz")
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        graph = stack.enter_context(running_graph())
        telegram = stack.enter_context(FakeTelegram().running())
        for name, value in _environment(folder, graph.url, telegram.url).items():
            patch.setenv(name, value)
        patch.setattr(Sanic, "test_mode", True)
        lend_websockets(patch)
        _read_anew()
        stack.callback(_read_anew)
        screen("hello")
        watch = stack.enter_context(_watched())
        loop = stack.enter_context(_loop())
        url = stack.enter_context(_served(_assistant(folder), loop))
        actions = stack.enter_context(_served(create_app([ACTION_TOKEN]), loop))
        http = stack.enter_context(httpx.Client(base_url=url, timeout=30))
        calls = stack.enter_context(httpx.Client(base_url=actions, timeout=30))
        yield Site(http, calls, url, loop, watch)


def _environment(folder: Path, graph: str, telegram: str) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'clinic.db'}",
        "CONTACT_KEY_FILE": str(folder / "contact.key"),
        "METRICS_TOKEN": "metrics-token",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_SECRET": SECRET,
        "TELEGRAM_API": telegram,
        "MESSENGER_PAGE_TOKEN": PAGE_TOKEN,
        "MESSENGER_APP_SECRET": APP_SECRET,
        "MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
        "MESSENGER_GRAPH": graph,
    }


def _read_anew() -> None:
    for cached in (settings, configured_table, open_store):
        cached.cache_clear()


def _assistant(folder: Path) -> Sanic:
    credentials = folder / "credentials.yml"
    credentials.write_text("".join(f"assistant.{channel}:\n" for channel in _CHANNELS))
    app: Sanic = configure_app(create_http_input_channels(None, str(credentials)), enable_api=False)
    app.ctx.agent = StubAgent()
    vars(app.ctx.agent)["is_ready"] = lambda: True
    return app


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(30)


@contextmanager
def _served(app: Sanic, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))

    async def start() -> Any:
        running: Any = await app.create_server(
            sock=listener, return_asyncio_server=True, access_log=False
        )
        await running.startup()
        await running.before_start()
        await running.after_start()
        return running

    async def stop(running: Any) -> None:
        await running.before_stop()
        await running.close()

    running = asyncio.run_coroutine_threadsafe(start(), loop).result(60)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    asyncio.run_coroutine_threadsafe(stop(running), loop).result(60)


@contextmanager
def _watched() -> Iterator[Watch]:
    watch, before = Watch(), structlog.get_config()
    structlog.configure(processors=[watch.event])
    handler = logging.NullHandler()
    handler.handle = watch.record  # type: ignore[method-assign]
    names = ("", "sanic.root", "sanic.error", "asyncio")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield watch
    for name in names:
        logging.getLogger(name).removeHandler(handler)
    structlog.configure(**before)
