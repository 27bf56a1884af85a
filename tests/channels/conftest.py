"""A real Sanic server, built as `rasa run` builds it, with a stub in the agent's place."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.run import configure_app, create_http_input_channels
from sanic import Sanic
from sanic.touchup import TouchUp

WEBHOOK = "/webhooks/rest/webhook"


@dataclass
class StubAgent:
    """Echoes; some texts make it fail, keep silent or wait until `go_on` is set."""

    seen: list[UserMessage] = field(default_factory=list)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_message(self, message: UserMessage) -> None:
        self.seen.append(message)
        if message.text.startswith("raise"):
            raise RuntimeError("a secret of the visitor")
        if message.text == "silent":
            return
        if message.text == "wait":
            self.waiting.set()
            await self.go_on.wait()
        await message.output_channel.send_response(
            message.sender_id,
            {
                "text": f"You said: {message.text}\n\nAnything more?",
                "buttons": [{"title": "Costs", "payload": "What does it cost?"}],
                "custom": {"voice": "article"},
                "timestamp": 1.0,
                "utter_action": "utter_secret",
            },
        )


@pytest.fixture
def entry() -> str:
    return "assistant.channels.rest.RestChannel:\n"


@pytest.fixture
def credentials(tmp_path: Path, entry: str) -> Path:
    file = tmp_path / "credentials.yml"
    file.write_text(entry, encoding="utf-8")
    return file


@dataclass
class Server:
    agent: StubAgent
    host: str
    port: int
    http: httpx.AsyncClient

    async def say(self, message: object, sender: object = "ann") -> httpx.Response:
        body = {"sender": sender, "message": message}
        return await self.http.post(WEBHOOK, json=body)


@pytest.fixture(scope="session")
def sanic_compiled_once() -> Iterator[None]:
    """Sanic compiles its own methods for each app; one time for the process will do."""
    compile_for = TouchUp.run
    with pytest.MonkeyPatch.context() as patch:

        def run(app: Sanic) -> None:
            patch.setattr(TouchUp, "run", lambda app: None)
            compile_for(app)

        patch.setattr(TouchUp, "run", run)
        yield


@pytest.fixture
async def server(
    credentials: Path, sanic_compiled_once: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Server]:
    monkeypatch.setattr(Sanic, "test_mode", True)  # allows several apps in one process
    channels = create_http_input_channels(None, str(credentials))
    app: Sanic = configure_app(channels, enable_api=False)
    agent = StubAgent()
    app.ctx.agent = agent
    listener = socket.create_server(("127.0.0.1", 0))
    host, port = listener.getsockname()
    running: Any = await app.create_server(
        sock=listener, return_asyncio_server=True, access_log=False
    )
    await running.startup()
    await running.before_start()
    await running.after_start()
    async with httpx.AsyncClient(
        base_url=f"http://{host}:{port}", timeout=10, verify=False
    ) as http:
        yield Server(agent, host, port, http)
    await running.before_stop()
    await running.close()
    await running.after_stop()
