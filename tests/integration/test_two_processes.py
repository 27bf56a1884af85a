"""Two processes on one PostgreSQL, Redis and RabbitMQ, behind nginx."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from bench.processes.nginx import find_nginx, nginx
from tests.channels.web.conftest import Browser
from tests.integration.servers import RABBITMQ, REDIS, needs, new_database
from tests.processes import RASA, action_server, free_port, own_environment, process, wait_for

pytestmark = pytest.mark.server

LEASE = "3"  # seconds


class Process:
    """One process of the assistant, which can be killed and started again."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._env, self._log, self._stack = {**env, "PORT": str(self.port)}, log, ExitStack()

    def start(self) -> None:
        command = [RASA, "run", "--port", str(self.port), "--interface", "127.0.0.1"]
        self.running = self._stack.enter_context(process(list(command), self._env, self._log))

    def wait(self) -> None:
        wait_for(f"{self.url}/", self.running, self._log)

    def stop(self) -> None:
        self._stack.close()

    def kill(self) -> None:
        self.running.kill()
        self.stop()


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    needs("PostgreSQL", 5432)
    with new_database() as url:
        yield url


@pytest.fixture(scope="module")
def two(
    trained_model: Path, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Process, Process]]:
    """Two processes, started at the same moment on an empty database."""
    needs("Redis", 6379)
    needs("RabbitMQ", 5672)
    folder = tmp_path_factory.mktemp("two")
    env = own_environment(folder)
    env |= {"DATABASE_URL": database, "REDIS_URL": REDIS, "BROKER_URL": RABBITMQ}
    env["QUEUE_LEASE"] = LEASE
    pair = (Process(env, folder / "one.log"), Process(env, folder / "two.log"))
    with action_server(int(env["ACTION_PORT"]), env, folder / "actions.log"):
        for each in pair:
            each.start()
        for each in pair:
            each.wait()
        yield pair
        for each in pair:
            each.stop()


@pytest.fixture
def front(two: tuple[Process, Process], tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The URL of nginx, and its log of who was answered by which process."""
    if find_nginx() is None:
        pytest.skip("nginx is not installed")
    tmp_path.chmod(0o755)
    with nginx(tmp_path, free_port(), [each.port for each in two]) as url:
        yield url, tmp_path / "access.log"


def say(url: str, sender: str, text: str) -> str:
    answer = httpx.post(
        f"{url}/webhooks/rest/webhook",
        json={"sender": sender, "message": text},
        headers={"X-Sender": sender},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    return "\n".join(message["text"] for message in answer.json())


def test_a_conversation_stays_at_one_process(front: tuple[str, Path]) -> None:
    url, log = front
    senders = [f"sticky{number}" for number in range(8)]
    for _ in range(2):
        for sender in senders:
            assert say(url, sender, "what does it cost")
    answered = {tuple(line.split()[:2]) for line in log.read_text().splitlines()}
    assert len(answered) == len(senders), "somebody was answered by two processes"
    assert len({process for _, process in answered}) == 2, "one process answered everybody"


async def test_an_answer_finds_a_visitor_who_went_to_the_other_process(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    ann = Browser(here.url, acknowledges=False)
    await ann.connect()
    await ann.say("is it safe", message_id="m1")
    first = await ann.next(60)
    await ann.client.disconnect()
    back = Browser(there.url)
    await back.connect(ann.session)
    assert (await back.next(60))["id"] == first["id"] == "m1.0"
    await back.client.disconnect()


async def test_a_killed_process_loses_no_message_and_no_request(
    two: tuple[Process, Process], database: str
) -> None:
    killed, other = two
    ann, bob = Browser(killed.url), Browser(killed.url)
    await ann.connect()
    await bob.connect()
    for text in ("please have someone call me back", "Marcus", "480 555 0117", "afternoons"):
        await bob.say(text)
        await bob.next(60)
    ids = [f"k{number}" for number in range(8)]
    for message_id in ids:
        assert await ann.say("is it safe", message_id=message_id) == {"ok": True}
    assert await bob.say("yes", message_id="yes") == {"ok": True}
    killed.kill()
    await ann.client.wait()
    await bob.client.wait()
    heard = {message["id"] for message in _all(ann)}
    assert len(heard) < len(ids), "the process was killed too late to tell"
    ann_back, bob_back = Browser(other.url), Browser(other.url)
    await ann_back.connect(ann.session)
    while len(heard) < len(ids):
        heard.add((await ann_back.next(60))["id"])
    assert heard == {f"{message_id}.0" for message_id in ids}
    if not any(message["id"] == "yes.0" for message in _all(bob)):
        await bob_back.connect(bob.session)
        assert (await bob_back.next(60))["id"] == "yes.0"
        await bob_back.client.disconnect()
    await ann_back.client.disconnect()
    with sa.create_engine(database).connect() as connection:
        count = "SELECT count(*) FROM contact_requests WHERE status = 'open'"
        assert connection.execute(count).scalar() == 1
    killed.start()
    killed.wait()


def test_a_rolling_restart_drops_no_conversation(
    front: tuple[str, Path], two: tuple[Process, Process]
) -> None:
    url, _ = front
    senders = [f"rolling{number}" for number in range(4)]
    for sender in senders:
        assert "first name" in say(url, sender, "please have someone call me back")
    for each, name in zip(two, ("Marcus", None), strict=True):
        each.stop()
        for sender in senders:
            if name:
                assert say(url, sender, name)
            else:
                assert "(480) 555-0117" in say(url, sender, "480 555 0117, afternoons")
        each.start()
        each.wait()
    for sender in senders:
        assert "code" in say(url, sender, "yes")


def _all(browser: Browser) -> list[dict[str, str]]:
    return [browser.heard.get_nowait() for _ in range(browser.heard.qsize())]
