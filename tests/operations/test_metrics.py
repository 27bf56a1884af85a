from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from prometheus_client.parser import text_string_to_metric_families

from actions.contact_requests.database import connect
from actions.contact_requests.draft import Draft
from actions.contact_requests.sealing import Sealer
from actions.contact_requests.store import RequestStore
from assistant.channels.inbound import Inbound
from assistant.channels.queue.table import QueueTable
from assistant.stores.database import open_engine
from tests.operations.conftest import TOKEN, Server, spoil

KEY = Fernet.generate_key().decode()


async def figures(server: Server) -> dict[str, float]:
    answer = await server.http.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200, answer.text
    samples = [s for family in text_string_to_metric_families(answer.text) for s in family.samples]
    return {f"{s.name}{json.dumps(s.labels) if s.labels else ''}": s.value for s in samples}


@pytest.mark.parametrize("given", ["", "Bearer wrong", TOKEN, "Bearer"])
async def test_metrics_are_for_who_knows_the_token(server: Server, given: str) -> None:
    answer = await server.http.get("/metrics", headers={"authorization": given})
    assert answer.status_code == 404
    assert "assistant_" not in answer.text


@pytest.mark.parametrize("metrics_token", [""])
async def test_without_a_token_there_are_no_metrics(server: Server, metrics_token: str) -> None:
    answer = await server.http.get("/metrics", headers={"authorization": "Bearer"})
    assert answer.status_code == 404


async def test_turns_are_counted_by_outcome(server: Server) -> None:
    outcomes = [
        f'assistant_turns_total{{"channel": "rest", "outcome": "{o}"}}'
        for o in ("answered", "failed")
    ]
    seconds = 'assistant_turn_seconds_count{"channel": "rest"}'
    before = await figures(server)
    await server.say("hello")
    await server.say("raise")
    await server.say("silent")
    after = await figures(server)
    grown = [after[name] - before.get(name, 0) for name in (*outcomes, seconds)]
    assert grown == [1, 2, 3]


async def test_responses_are_counted_by_name(server: Server) -> None:
    name = 'assistant_responses_total{"response": "utter_unavailable"}'
    before = (await figures(server)).get(name, 0)
    await server.say("raise")
    assert (await figures(server))[name] == before + 1


async def test_neither_text_nor_sender_shows(server: Server) -> None:
    await server.say("my secret words", sender="the-secret-sender")
    answer = await server.http.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert not re.search("secret", answer.text)


async def test_the_queue_shows_how_many_wait_and_how_long(server: Server, database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    an_hour_ago = time.time() - 3600
    old = QueueTable(engine, [KEY], "one", clock=lambda: an_hour_ago)
    new = QueueTable(engine, [KEY], "one")
    old.put(Inbound("web", "ann", "hello"))
    new.put(Inbound("web", "ben", "hello"))
    found = await figures(server)
    assert found["assistant_queue_messages"] == 2
    assert 3600 <= found["assistant_queue_age_seconds"] < 3700


async def test_the_outbox_shows_its_oldest_notice(server: Server, database: Path) -> None:
    store = RequestStore(connect(f"sqlite:///{database}"), Sealer([KEY]), ("email",))
    store.begin("rest:ann", "rest", None, "1")
    store.keep("rest:ann", Draft("Ann", "(480) 555-0117", None, "afternoons"))
    store.submit("rest:ann")
    store.begin("rest:ben", "rest", None, "1")
    found = await figures(server)
    assert found['assistant_outbox_messages{"status": "waiting"}'] == 1
    assert 0 <= found["assistant_outbox_age_seconds"] < 60
    assert found['assistant_contact_requests{"status": "open"}'] == 1
    assert found['assistant_contact_requests{"status": "draft"}'] == 1


async def test_metrics_go_on_without_a_database(server: Server, database: Path) -> None:
    assert (await figures(server))["assistant_database_up"] == 1
    spoil(database)
    found = await figures(server)
    assert found["assistant_database_up"] == 0
    assert "assistant_queue_messages" not in found
