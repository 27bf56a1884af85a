"""Small web servers on loopback, for what stands in for somebody else's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = "127.0.0.1"


class Handler(BaseHTTPRequestHandler):
    """Keeps connections open and says nothing on the terminal."""

    protocol_version = "HTTP/1.1"

    def body(self) -> bytes:
        """The body of the request."""
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def answer(self, status: int, body: bytes = b"", media_type: str = "application/json") -> None:
        """Answer, unless who asked has gone."""
        try:
            self.send_response(status)
            if status != HTTPStatus.NO_CONTENT:
                self.send_header("content-type", media_type)
                self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep the output to the tests' own words."""


class LoopbackServer(ThreadingHTTPServer):
    """Answers each connection in a thread that nobody waits for."""

    daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"


@contextmanager
def serving(handler: type[Handler], port: int = 0) -> Iterator[LoopbackServer]:
    """Serve until the block ends, on a free port or on one that is given."""
    server = LoopbackServer((LOOPBACK, port), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
