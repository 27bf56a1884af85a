"""The website on a real Sanic server with a stub in Rasa's place, and browsers' Socket.IO."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from socketio import AsyncClient

from assistant.channels.queue.runner import configured_table
from assistant.nlu.safety import screen
from assistant.settings import settings
from tests.channels.conftest import Server

SECONDS = 10


@pytest.fixture
def entry() -> str:
    return "assistant.channels.web.WebChannel:\n"


@pytest.fixture
def origins() -> str:
    return "https://clinic.example, https://www.clinic.example:8443"


@pytest.fixture
def credentials(
    credentials: Path, origins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'clinic.db'}")
    monkeypatch.setenv("CONTACT_KEY_FILE", str(tmp_path / "contact.key"))
    monkeypatch.setenv("WEB_ORIGINS", origins)
    _read_anew()
    yield credentials
    monkeypatch.undo()
    _read_anew()


@pytest.fixture(scope="package", autouse=True)
def safety_rules() -> None:
    """Read the rules before the first message, as loading the model does."""
    screen("hello")


@pytest.fixture(autouse=True)
def websockets(monkeypatch: pytest.MonkeyPatch) -> None:
    lend_websockets(monkeypatch)


def lend_websockets(patch: pytest.MonkeyPatch) -> None:
    """Lend the client a name of aiohttp 3.11; Rasa needs 3.9, which takes the bare seconds."""
    patch.setattr(aiohttp, "ClientWSTimeout", lambda ws_close: ws_close, raising=False)


def _read_anew() -> None:
    settings.cache_clear()
    configured_table.cache_clear()


@dataclass
class Browser:
    """A Socket.IO client that does what the widget does."""

    url: str
    ours: bool = True
    acknowledges: bool = True
    client: AsyncClient = field(default_factory=lambda: AsyncClient(reconnection=False))
    heard: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    confirmed: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    session: str = ""
    seconds: float = SECONDS

    async def connect(self, session: str | None = None, **options: Any) -> None:
        """Connect and get a session: the one given, if the server knows it."""
        self.client.on("session_confirm", self.confirmed.put)
        self.client.on("bot_uttered", self._hear)
        auth = {"client": "clinic-chat", "session": session} if self.ours else None
        options.setdefault("transports", ["websocket"])
        options.setdefault("wait_timeout", SECONDS)
        await self.client.connect(self.url, auth=auth, **options)
        await self.client.emit("session_request", {"session_id": session})
        self.session = await asyncio.wait_for(self.confirmed.get(), self.seconds)

    async def _hear(self, message: dict[str, Any]) -> None:
        await self.heard.put(message)
        if not self.acknowledges:
            await asyncio.Event().wait()

    async def call(self, event: str, *arguments: Any) -> dict[str, Any]:
        """Send an event and return the acknowledgement."""
        answer: dict[str, Any] = await self.client.call(event, arguments, timeout=self.seconds)
        return answer

    async def say(self, text: object, **more: Any) -> dict[str, Any]:
        """Send a message and return the acknowledgement."""
        return await self.call("user_uttered", {"message": text, **more})

    async def next(self, seconds: float = SECONDS) -> dict[str, Any]:
        """Return the next thing the assistant says."""
        return await asyncio.wait_for(self.heard.get(), seconds)

    async def close(self) -> None:
        """Leave at once: nobody waits for the end of a long poll."""
        if self.client.connected and self.client.transport() == "polling":
            await self.client.eio.disconnect(abort=True)
        else:
            await self.client.disconnect()

    async def hears_nothing(self, other: Browser, text: str) -> None:
        """Check that an answer which `other` has got already did not come here as well."""
        await other.say(text)
        await other.next()
        await self.call("no_such_event")
        assert self.heard.empty()


Open = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def browser(server: Server) -> AsyncIterator[Open]:
    """Opens browsers: `await browser(session=..., ours=False)`; all are closed in the end."""
    opened: list[Browser] = []

    async def open_(session: str | None = None, **own: Any) -> Browser:
        new = Browser(f"http://{server.host}:{server.port}", **own)
        opened.append(new)
        await new.connect(session)
        return new

    yield open_
    for one in opened:
        await one.close()
