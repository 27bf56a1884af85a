"""nginx with the configuration of deploy/, in front of two stand-ins for the assistant."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.serving import free_port
from bench.processes.nginx import find_nginx, nginx
from tests.deploy.test_files import INSIDE, PUBLIC

pytestmark = pytest.mark.server
REST = "/webhooks/rest/webhook"
TELEGRAM = "/webhooks/telegram/webhook"
LARGEST = 2 * 1024 * 1024  # bytes


class StandIn(ThreadingHTTPServer):
    """Answers which process it is and what it was asked with; drops a request if told to."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.drops = False

    @contextmanager
    def running(self) -> Iterator[StandIn]:
        thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StandIn

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.server.drops:
            self.server.drops = False
            self.close_connection = True
            return
        upgrade = self.headers.get("upgrade")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.dumps({"process": self.server.server_port, "headers": headers}).encode()
        self.send_response(101 if upgrade else 200)
        if upgrade:
            self.send_header("Upgrade", upgrade)
            self.send_header("Connection", "upgrade")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(self.rfile.readline() if upgrade else body)

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def stand_ins() -> Iterator[list[StandIn]]:
    with ExitStack() as stack:
        yield [stack.enter_context(StandIn().running()) for _ in range(2)]


@pytest.fixture
def front(stand_ins: list[StandIn], tmp_path: Path) -> Iterator[httpx.Client]:
    if find_nginx() is None:
        pytest.skip("nginx is not installed")
    ports = [one.server_port for one in stand_ins]
    with nginx(tmp_path, free_port(), ports) as url, httpx.Client(base_url=url) as client:
        yield client


def ask(front: httpx.Client, sender: str, path: str = REST) -> dict[str, Any]:
    answer = front.post(path, json={"message": "hello"}, headers={"X-Sender": sender})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("path", PUBLIC)
def test_what_visitors_need_is_public(front: httpx.Client, path: str) -> None:
    assert front.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", [*INSIDE, "//metrics", "/%6detrics", "/page/../ready", "/READY", "/model/parse"]
)
def test_everything_else_is_not(front: httpx.Client, path: str) -> None:
    with socket.create_connection((front.base_url.host, front.base_url.port)) as line:
        # As it stands: a client library would tidy the path up.
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert b" 404 " in line.makefile("rb").readline()


def test_a_sender_stays_at_one_process(front: httpx.Client, stand_ins: list[StandIn]) -> None:
    places = {sender: ask(front, sender)["process"] for sender in map(str, range(20))}
    assert set(places.values()) == {one.server_port for one in stand_ins}
    again = {sender: ask(front, sender)["process"] for sender in places}
    assert again == places


def test_others_stay_when_one_process_goes(front: httpx.Client, stand_ins: list[StandIn]) -> None:
    places = {sender: ask(front, sender)["process"] for sender in map(str, range(20))}
    gone, left = stand_ins
    gone.server_close()
    now = {sender: ask(front, sender)["process"] for sender in places}
    assert set(now.values()) == {left.server_port}


@pytest.mark.parametrize("path", [REST, TELEGRAM])
def test_what_a_dying_process_had_taken_is_asked_of_the_other(
    front: httpx.Client, stand_ins: list[StandIn], path: str
) -> None:
    asked = ask(front, "ann", path)["process"]
    for one in stand_ins:
        one.drops = True
        # Webhooks go to any process, so that the second one may be asked first.
        answered = ask(front, "ann", path)["process"]
        one.drops = False
        assert answered in {other.server_port for other in stand_ins if other is not one}
    assert asked == ask(front, "ann", path)["process"] or path == TELEGRAM


def test_one_process_after_the_other_may_be_restarted_at_once(
    front: httpx.Client, stand_ins: list[StandIn]
) -> None:
    one, two = stand_ins
    one.server_close()
    for sender in map(str, range(10)):
        assert ask(front, sender)["process"] == two.server_port
    with StandIn(one.server_port).running():
        two.server_close()
        for sender in map(str, range(10)):
            assert ask(front, sender)["process"] == one.server_port


def test_a_websocket_passes(front: httpx.Client) -> None:
    with socket.create_connection((front.base_url.host, front.base_url.port)) as line:
        line.sendall(
            b"GET /socket.io/?transport=websocket HTTP/1.1\r\nHost: x\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello\n"
        )
        heard = line.makefile("rb")
        assert b" 101 " in heard.readline()
        headers = [line.lower() for line in iter(heard.readline, b"\r\n")]
        assert b"upgrade: websocket\r\n" in headers
        assert heard.readline() == b"hello\n"


def test_a_huge_body_is_refused(front: httpx.Client) -> None:
    assert front.post(REST, content=b"x" * LARGEST).status_code == 200
    assert front.post(REST, content=b"x" * (LARGEST + 1)).status_code == 413


def test_the_process_hears_who_asks(front: httpx.Client) -> None:
    claimed = {"X-Forwarded-For": "198.51.100.7", "Host": "chat.example.com"}
    headers = front.get("/health", headers=claimed).json()["headers"]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["host"] == "chat.example.com"
