"""200 people tell who they are, on every channel; no log, database or message has any of it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from tests.channels.web.conftest import lend_websockets
from tests.integration.servers import RABBITMQ, needs, new_database
from tests.privacy.clinic import reader, running_clinic
from tests.privacy.people import people
from tests.privacy.talking import FORMS, all_talk
from tests.privacy.traces import found

pytestmark = pytest.mark.server

EVERYBODY = people()
FORMS_IN_ALL = 2 * FORMS  # on REST and in the chat


@dataclass
class Written:
    """What a day left behind: files while the processes ran, and after they ended."""

    running: dict[str, bytes]
    ended: dict[str, bytes]
    messages: list[bytes] | None
    notices: list[dict[str, object]]
    database: str


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def written(
    request: pytest.FixtureRequest,
    trained_model: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Written]:
    with ExitStack() as stack:
        database = None
        if request.param == "postgresql":
            needs("PostgreSQL", 5432)
            database = stack.enter_context(new_database())
        lend_websockets(stack.enter_context(pytest.MonkeyPatch.context()))
        yield asyncio.run(_day(tmp_path_factory.mktemp("clinic"), _broker_url(), database))


async def _day(folder: Path, broker_url: str | None, database: str | None) -> Written:
    async with AsyncExitStack() as stack:
        reading = await stack.enter_async_context(reader(broker_url)) if broker_url else None
        with running_clinic(folder, broker_url, database) as clinic:
            await all_talk(clinic, EVERYBODY)
            await asyncio.to_thread(clinic.desk_has, FORMS_IN_ALL)
            running = clinic.written()
        messages = await reading.all() if reading else None
        return Written(running, clinic.written(), messages, clinic.desk.received, clinic.database)


def _broker_url() -> str | None:
    url = os.environ.get("BROKER_URL", RABBITMQ)
    address = urlsplit(url)
    with socket.socket() as probe:
        there = not probe.connect_ex((address.hostname, address.port or 5672))
    return url if there else None


def test_the_traces_would_be_found(tmp_path: Path) -> None:
    person = EVERYBODY[7]
    spoken = f"{person.told} 6025550143".encode()
    expected = {person.name.lower(), "@example.com", "6025550143", "5550107"}
    assert expected <= found(b"\x00" + spoken + b"\xff", [person, EVERYBODY[143]])
    for each in EVERYBODY:
        assert len(found(each.told.encode(), [each])) >= 5, each.told
    assert len({each.name for each in EVERYBODY}) == 200
    assert found(b"b1702e0cbf0553ca511b31d4d2d5550b1cef83db a5550183b", EVERYBODY) == set()
    assert found(b'{"timestamp": 1790000000.4801234, "version": "3.6.21"}', EVERYBODY) == set()


def test_everybody_was_heard_and_the_desk_was_told(written: Written) -> None:
    assert len(_first_column(written, "select distinct sender_id from events")) == len(EVERYBODY)
    forms = _first_column(written, "select code from contact_requests where status = 'open'")
    assert len(forms) == FORMS_IN_ALL
    told = json.dumps(written.notices)
    assert all(person.name in told for person in [*EVERYBODY[:FORMS], *EVERYBODY[50 : 50 + FORMS]])


@pytest.mark.parametrize("log", ["assistant.log", "actions.log", "outbox.log"])
def test_no_log_tells_of_anybody(written: Written, log: str) -> None:
    assert written.ended[log]
    assert found(written.ended[log], EVERYBODY) == set()


def test_no_byte_of_the_database_tells_of_anybody(written: Written) -> None:
    places = {"clinic.db", "clinic.db-wal"}
    if written.database.startswith("postgresql"):
        places = {"events", "contact_requests", "contact_outbox", "inbound_messages"}
    contents = {place: written.running[place] for place in places}
    assert all(contents.values()), {place: len(content) for place, content in contents.items()}
    assert found(b"\n".join(written.running.values()), EVERYBODY) == set()


def test_nothing_of_anybody_is_left_when_the_processes_have_ended(written: Written) -> None:
    left = {name: found(content, EVERYBODY) for name, content in written.ended.items()}
    assert {name: traces for name, traces in left.items() if traces} == {}


def test_no_message_to_other_programs_tells_of_anybody(written: Written) -> None:
    if written.messages is None:
        pytest.skip("no RabbitMQ")
    senders = _first_column(written, "select distinct sender_id from events")
    ours = [message for message in written.messages if _sender(message) in senders]
    assert {_sender(message) for message in ours} == senders
    assert found(b"\n".join(ours), EVERYBODY) == set()


def _first_column(written: Written, query: str) -> set[str]:
    engine = sa.create_engine(written.database)
    with engine.connect() as connection:
        return set(connection.scalars(sa.text(query)))


def _sender(message: bytes) -> str:
    return str(json.loads(message)["sender_id"])
