"""A small website on loopback, of another origin than the assistant's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


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

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            media_type, body = website.pages.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("content-type", f"{media_type}; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    website.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield website
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
