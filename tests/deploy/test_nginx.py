"""nginx with the configuration of deploy/, in front of two stand-ins for the assistant."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.serving import free_port
from bench.processes.nginx import find_nginx, nginx
from tests.deploy.test_files import INSIDE, PUBLIC
from tests.http_server import Handler, LoopbackServer, serving

pytestmark = pytest.mark.server
REST = "/webhooks/rest/webhook"
TELEGRAM = "/webhooks/telegram/webhook"
LARGEST = 2 * 1024 * 1024  # bytes


@dataclass
class StandIn:
    """Answers which process it is and what it was asked with; drops a request if told to."""

    server: LoopbackServer = field(init=False)
    drops: bool = False

    @property
    def port(self) -> int:
        return self.server.server_port

    def leave(self) -> None:
        """Take no more connections."""
        self.server.server_close()


@contextmanager
def stand_in(port: int = 0) -> Iterator[StandIn]:
    """A stand-in that runs until the block ends."""
    one = StandIn()
    with serving(_handler(one), port) as one.server:
        yield one


def _handler(one: StandIn) -> type[Handler]:
    class Process(Handler):
        def do_GET(self) -> None:
            self.body()
            if one.drops:
                one.drops = False
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            if upgrade := headers.get("upgrade"):
                self.send_response(101)
                self.send_header("Upgrade", upgrade)
                self.send_header("Connection", "upgrade")
                self.end_headers()
                self.wfile.write(self.rfile.readline())
            else:
                self.answer(200, json.dumps({"process": one.port, "headers": headers}).encode())

        do_POST = do_GET

    return Process


@pytest.fixture
def stand_ins() -> Iterator[list[StandIn]]:
    with ExitStack() as stack:
        yield [stack.enter_context(stand_in()) for _ in range(2)]


@pytest.fixture
def front(stand_ins: list[StandIn], tmp_path: Path) -> Iterator[httpx.Client]:
    if find_nginx() is None:
        pytest.skip("nginx is not installed")
    ports = [one.port for one in stand_ins]
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
    assert set(places.values()) == {one.port for one in stand_ins}
    again = {sender: ask(front, sender)["process"] for sender in places}
    assert again == places


def test_others_stay_when_one_process_goes(front: httpx.Client, stand_ins: list[StandIn]) -> None:
    places = {sender: ask(front, sender)["process"] for sender in map(str, range(20))}
    gone, left = stand_ins
    gone.leave()
    now = {sender: ask(front, sender)["process"] for sender in places}
    assert set(now.values()) == {left.port}


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
        assert answered in {other.port for other in stand_ins if other is not one}
    assert asked == ask(front, "ann", path)["process"] or path == TELEGRAM


def test_one_process_after_the_other_may_be_restarted_at_once(
    front: httpx.Client, stand_ins: list[StandIn]
) -> None:
    one, two = stand_ins
    one.leave()
    for sender in map(str, range(10)):
        assert ask(front, sender)["process"] == two.port
    with stand_in(one.port):
        two.leave()
        for sender in map(str, range(10)):
            assert ask(front, sender)["process"] == one.port


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
