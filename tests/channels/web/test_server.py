"""The whole assistant on the web: real processes, a real model, real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from assistant.channels.queue.table import table as waiting
from assistant.serving import assistant_server, free_port
from assistant.stores.unanswered import rows
from tests.channels.web.conftest import Browser
from tests.processes import own_environment

pytestmark = pytest.mark.server
_FLOOD = 60  # messages: more than the limit however slowly they are taken


@pytest.fixture(scope="module")
def url(
    trained_model: Path, running_actions: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    port, log = free_port(), tmp_path_factory.mktemp("logs") / "assistant.log"
    with assistant_server(port, running_actions, log):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def ann(url: str) -> AsyncIterator[Browser]:
    one = Browser(url)
    await one.connect()
    yield one
    await one.client.disconnect()


async def test_an_answer_comes_with_its_source_and_choices(ann: Browser) -> None:
    await ann.say("what are the side effects")
    answer = await ann.next()
    custom = answer["custom"]
    assert (custom["voice"], custom["language"]) == ("article", "en")
    assert custom["utter_action"] == "utter_faq/side_effects"
    assert custom["sources"][0]["anchor"]
    assert answer["quick_replies"]
    assert "urgent" not in custom


@pytest.mark.parametrize(
    ("text", "language"), [("I want to kill myself", "en"), ("quiero morir", "es")]
)
async def test_the_crisis_reply_is_marked_urgent(ann: Browser, text: str, language: str) -> None:
    await ann.say(text)
    answer = await ann.next()
    assert "988" in answer["text"]
    assert (answer["custom"]["urgent"], answer["custom"]["language"]) == (True, language)


async def test_danger_in_a_flood_is_remembered(ann: Browser) -> None:
    for _ in range(_FLOOD):
        answer = await ann.say("what does it cost")
        if answer != {"ok": True}:
            break
    assert answer["status"] == 429
    await ann.say("I want to kill myself")
    while not (await ann.next(60))["custom"].get("urgent"):
        pass  # answers to the messages before


async def test_a_thumb_down_puts_the_question_among_the_unanswered(
    ann: Browser, running_actions: dict[str, str]
) -> None:
    await ann.say("is ketamine safe ann@example.com")
    answer = await ann.next()
    for _ in range(2):
        rating = {"message_id": answer["id"], "value": "down"}
        assert await ann.call("feedback", rating) == {"ok": True}
    questions = rows.load(create_engine(running_actions["DATABASE_URL"]))
    mine = [question for question in questions if "is ketamine safe" in question.text]
    assert [question.channel for question in mine] == ["web"]
    assert "ann@example.com" not in mine[0].text
    assert mine[0].answered == answer["custom"]["utter_action"].removeprefix("utter_")


async def test_a_thumb_for_another_visitors_answer_changes_nothing(
    ann: Browser, url: str, running_actions: dict[str, str]
) -> None:
    await ann.say("how many treatments will i need", message_id="not-mine")
    await ann.next()
    mallory = Browser(url)
    await mallory.connect()
    await mallory.call("feedback", {"message_id": "not-mine.0", "value": "down"})
    await mallory.client.disconnect()
    questions = rows.load(create_engine(running_actions["DATABASE_URL"]))
    assert not [question for question in questions if "how many treatments" in question.text]


async def test_forget_me_deletes_the_conversation_and_the_questions(
    ann: Browser, url: str, running_actions: dict[str, str]
) -> None:
    await ann.say("does my insurance pay for the zebra")
    answer = await ann.next()
    await ann.call("feedback", {"message_id": answer["id"], "value": "down"})
    tab = Browser(url)
    await tab.connect(ann.session)
    database = running_actions["DATABASE_URL"].removeprefix("sqlite:///")
    assert _mentions(database, ann.session.partition(".")[0]) > 0
    forgotten = await ann.call("forget_me", {})
    assert forgotten["ok"] is True
    assert "deleted" in forgotten["text"]
    assert forgotten["session"] != ann.session
    assert await tab.confirmed.get() == forgotten["session"]
    await tab.client.disconnect()
    assert _mentions(database, ann.session.partition(".")[0]) == 0
    assert not [
        question
        for question in rows.load(create_engine(running_actions["DATABASE_URL"]))
        if "zebra" in question.text
    ]
    await ann.say("what is ketamine")
    assert (await ann.next())["custom"]["voice"] == "article"


def _mentions(database: str, visitor: str) -> int:
    with sqlite3.connect(database) as connection:
        query = "SELECT count(*) FROM events WHERE sender_id LIKE ?"
        return int(connection.execute(query, (f"%{visitor}%",)).fetchone()[0])


async def test_a_killed_server_loses_nothing_that_it_acknowledged(
    trained_model: Path, tmp_path: Path
) -> None:
    env, port, log = own_environment(tmp_path), free_port(), tmp_path / "assistant.log"
    ann = Browser(f"http://127.0.0.1:{port}")
    ids = [f"m{number}" for number in range(10)]
    heard: dict[str, str] = {}
    with assistant_server(port, env, log) as running:
        await ann.connect()
        for message_id in ids:
            assert await ann.say("is it safe", message_id=message_id) == {"ok": True}
        running.kill()
        await ann.client.wait()
    while not ann.heard.empty():
        heard.setdefault(*_id_and_text(ann.heard.get_nowait()))
    assert len(heard) < len(ids), "the server was killed too late to tell"
    back = Browser(ann.url)
    with assistant_server(port, env, log):
        await back.connect(ann.session)
        assert back.session == ann.session
        while len(heard) < len(ids):
            heard.setdefault(*_id_and_text(await back.next(60)))
        # That the last answer has come is noted after it has come.
        deadline = time.monotonic() + 20
        while (kept := _kept(tmp_path)) != (len(ids), 0):
            assert time.monotonic() < deadline, f"answers are kept sealed: {kept}"
            await asyncio.sleep(0.05)
        await back.client.disconnect()
    assert list(heard) == [f"{message_id}.0" for message_id in ids]
    assert all(heard.values())


def _kept(folder: Path) -> tuple[int, int]:
    """How many messages are known, and how many of them with their words."""
    with contextlib.closing(sqlite3.connect(folder / "clinic.db")) as connection:
        query = f"SELECT count(*), count(sealed) FROM {waiting.name}"
        known, sealed = connection.execute(query).fetchone()
        return known, sealed


def _id_and_text(answer: dict[str, str]) -> tuple[str, str]:
    return answer["id"], answer["text"]
