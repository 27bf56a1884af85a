"""A real mail server and a real web server on loopback, that can be told to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller

from assistant.serving import free_port
from tests.http_server import Handler, serving


@dataclass
class Mailbox:
    """What arrived. `refuse`: answers to give first; `hang_up`: break off after the text."""

    mails: list[str] = field(default_factory=list)
    refuse: list[str] = field(default_factory=list)
    hang_up: bool = False
    port: int = 0

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if self.refuse:
            return self.refuse.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        self.mails.append(envelope.content.decode())
        if self.hang_up:
            server.transport.abort()
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox(port=free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Hooks:
    """Requests that arrived; `answers` are given first, then 204."""

    received: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def web_server() -> Iterator[Hooks]:
    hooks = Hooks()

    class Hook(Handler):
        def do_POST(self) -> None:
            hooks.received.append(json.loads(self.body()))
            hooks.keys.append(self.headers.get("Idempotency-Key"))
            self.answer(hooks.answers.pop(0) if hooks.answers else 204)
            hooks.arrived.set()

    with serving(Hook) as server:
        hooks.url = f"{server.url}/hook"
        yield hooks
