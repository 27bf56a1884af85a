"""A small website on loopback, of another origin than the assistant's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.http_server import Handler, serving


@dataclass
class OtherWebsite:
    """Pages by path, which may be added while it runs."""

    url: str = ""
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def put(self, path: str, content: str | bytes, media_type: str = "text/html") -> str:
        """Publish a page; returns its address."""
        body = content.encode() if isinstance(content, str) else content
        self.pages[path] = (media_type, body)
        return f"{self.url}{path}"


@contextmanager
def other_website() -> Iterator[OtherWebsite]:
    """Serve until the block ends."""
    website = OtherWebsite()

    class Page(Handler):
        def do_GET(self) -> None:
            media_type, body = website.pages.get(self.path, ("text/plain", b""))
            self.answer(200 if body else 404, body, f"{media_type}; charset=utf-8")

    with serving(Page) as server:
        website.url = server.url
        yield website
