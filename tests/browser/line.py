"""The visitor's connection, in the hands of a test."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Page, Route, WebSocketRoute

_SOCKET = re.compile(r"/socket\.io/")
_ANSWER = '["bot_uttered"'


class Line:
    """Passes everything on, until a test holds answers back or cuts the connection."""

    def __init__(self, page: Page) -> None:
        """Stand between `page` and the server."""
        self._page = page
        self._held: list[str] | None = None
        self._is_cut = False
        self._browser: WebSocketRoute | None = None
        page.route_web_socket(_SOCKET, self._connect)
        page.route(_SOCKET, self._poll)

    def hold(self) -> None:
        """Keep answers back from now on."""
        self._held = []

    def wait_until_held(self) -> None:
        """Return once an answer has been kept back."""
        while not self._held:
            self._page.wait_for_timeout(50)

    def lose(self) -> None:
        """Hold nothing any more, and lose what was held back."""
        self._held = None

    def release(self) -> None:
        """Hand over what was held back, and hold nothing any more."""
        held, self._held = self._held or [], None
        for frame in held:
            self._send(frame)

    def cut(self) -> None:
        """Break the connection, and let no other come about."""
        self._is_cut = True
        if self._browser:
            self._browser.close()

    def mend(self) -> None:
        """Let the browser connect again."""
        self._is_cut = False

    def say(self, text: str, **message: Any) -> None:
        """Send an answer as if it came from the server."""
        answer = {"id": text[:20], "text": text, "quick_replies": [], "custom": {}, **message}
        self._send(f"42{json.dumps(['bot_uttered', answer])}")

    def _send(self, frame: str) -> None:
        assert self._browser is not None, "the browser has not connected"
        self._browser.send(frame)

    def _connect(self, browser: WebSocketRoute) -> None:
        if self._is_cut:
            browser.close()
            return
        self._browser = browser
        server = browser.connect_to_server()
        server.on_message(self._from_server)

    def _from_server(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode()
        if self._held is not None and _ANSWER in text:
            self._held.append(text)
        else:
            self._send(text)

    def _poll(self, route: Route) -> None:
        if self._is_cut:
            route.abort()
        else:
            route.continue_()
