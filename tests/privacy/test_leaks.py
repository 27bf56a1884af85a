"""200 people tell who they are, on every channel; it is found in no log and no database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.channels.messenger import meta
from tests.channels.messenger.conftest import variables
from tests.channels.messenger.fake_graph import FakeGraph, running_graph
from tests.channels.telegram.fake import TOKEN, FakeTelegram
from tests.channels.web.conftest import Browser
from tests.privacy.people import NUMBERS, Person, people
from tests.processes import action_server, assistant_server, free_port, own_environment

pytestmark = pytest.mark.server

EVERYBODY = people()
ON_REST, ON_WEB = EVERYBODY[:80], EVERYBODY[80:120]
ON_TELEGRAM, ON_MESSENGER = EVERYBODY[120:160], EVERYBODY[160:]
FORMS = 3  # of each channel that has the form


@dataclass
class Clinic:
    """Running processes, and where they write."""

    url: str
    telegram: FakeTelegram
    facebook: FakeGraph
    logs: Path
    var: Path


@pytest.fixture(scope="module")
def clinic(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    logs, var = tmp_path_factory.mktemp("logs"), tmp_path_factory.mktemp("var")
    port, telegram = free_port(), FakeTelegram()
    with telegram.running(), running_graph() as facebook:
        env = {
            **own_environment(var),
            **variables(facebook),
            "PORT": str(port),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": telegram.url,
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}",
        }
        with (
            action_server(int(env["ACTION_PORT"]), env, logs / "actions.log"),
            assistant_server(port, env, logs / "assistant.log"),
        ):
            telegram.wait(lambda: bool(telegram.webhook))
            yield Clinic(f"http://127.0.0.1:{port}", telegram, facebook, logs, var)


def form(person: Person) -> list[str]:
    return ["please have someone call me back", person.name, person.phone, "afternoons", "yes"]


def talk_on_rest(clinic: Clinic) -> None:
    with httpx.Client(base_url=clinic.url, timeout=120) as client:
        for person in ON_REST:
            lines = [*(form(person) if person in ON_REST[:FORMS] else ()), person.told]
            for line in lines:
                body = {"sender": f"visitor-{person.number}", "message": line}
                assert client.post("/webhooks/rest/webhook", json=body).json()


async def talk_on_web(clinic: Clinic) -> None:
    for person in ON_WEB:
        browser = Browser(clinic.url)
        await browser.connect()
        lines = [*(form(person) if person in ON_WEB[:FORMS] else ()), person.told]
        for line in lines:
            await browser.say(line)
            await browser.next(60)
        await browser.client.disconnect()


def talk_on_telegram(clinic: Clinic) -> None:
    for person in ON_TELEGRAM:
        chat = 7_000_000 + person.number
        clinic.telegram.deliver_until_taken(clinic.telegram.write(chat, person.told))
        clinic.telegram.wait_for_messages(chat)


def talk_on_messenger(clinic: Clinic) -> None:
    for person in ON_MESSENGER:
        psid = str(8_000_000 + person.number)
        request = meta.request(meta.message(psid, person.told))
        answer = httpx.post(**{**request, "url": clinic.url + meta.PATH}, timeout=60)
        assert answer.status_code == 200
        clinic.facebook.until(lambda psid=psid: bool(clinic.facebook.texts(psid)), 60)


def found_in(file: Path) -> list[str]:
    """What of anybody stands in a file, as it lies on the disk."""
    content = file.read_bytes().lower()
    found = [trace for person in EVERYBODY for trace in person.traces() if trace in content]
    return [trace.decode() for trace in [*found, *NUMBERS.findall(content)]]


def test_the_traces_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(f"{EVERYBODY[7].told} 6025550143", encoding="utf-8")
    assert {EVERYBODY[7].name.lower(), EVERYBODY[7].card, "5550143", "@example.com"} <= set(
        found_in(tmp_path / "log")
    )
    assert len({person.name for person in EVERYBODY}) == 200


async def test_nothing_of_anybody_is_written(clinic: Clinic) -> None:
    await asyncio.gather(
        talk_on_web(clinic),
        *(
            asyncio.to_thread(talk, clinic)
            for talk in (talk_on_rest, talk_on_telegram, talk_on_messenger)
        ),
    )
    database = sqlite3.connect(clinic.var / "clinic.db")
    talked = database.execute("select count(distinct sender_id) from events").fetchone()
    requests = database.execute("select count(*) from contact_requests where status='open'")
    assert (talked, requests.fetchone()) == ((len(EVERYBODY),), (2 * FORMS,))
    files = [*clinic.logs.iterdir(), *clinic.var.iterdir()]
    assert {"clinic.db-wal", "assistant.log"} <= {file.name for file in files}
    assert {file.name: found for file in files if (found := found_in(file))} == {}
    database.close()
