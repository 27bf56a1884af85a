"""What must never happen on the clinic's page."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    """Collects script errors, breaches of the content security policy, and foreign requests."""

    def __init__(self, site: str) -> None:
        """Watch pages of `site`, an origin."""
        self._own = (f"{site}/", site.replace("http", "ws", 1) + "/", "data:", "blob:")
        self.findings: list[str] = []

    def follow(self, page: Page) -> None:
        """Watch this page from now on."""
        page.on("pageerror", lambda error: self.findings.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Permissions policy" in message.text:
            self.findings.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self._own):
            self.findings.append(f"a request to another host: {request.url}")
