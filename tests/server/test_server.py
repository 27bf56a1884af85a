"""The assistant as a visitor meets it: real processes, real HTTP."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.serving import action_server, assistant_server, free_port
from tests.rest_visitor import RestVisitor

pytestmark = pytest.mark.server
CRISIS_WORDS = ("988", "741741", "automated assistant")
Say = Callable[[str], str]


@pytest.fixture(scope="module")
def url(trained_model: Path, env: dict[str, str], logs: Path) -> Iterator[str]:
    """A running assistant, without its action server."""
    port = free_port()
    with assistant_server(port, env, logs / "assistant.log"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def actions(env: dict[str, str], logs: Path) -> Callable[[], Any]:
    """Starts the action server: `with actions(): ...`; it is killed when the block ends."""
    return lambda: action_server(int(env["ACTION_PORT"]), env, logs / "actions.log")


@pytest.fixture
def say(url: str) -> Say:
    """Says something as a new visitor; returns what comes back, joined."""
    return RestVisitor(url).say


def test_an_answer_names_its_source(say: Say) -> None:
    assert 'Source: our article, "What Is Ketamine?"' in say("what is ketamine")


def test_questions_are_answered_without_the_action_server(say: Say) -> None:
    assert "dizziness" in say("what are the side effects")


def test_the_handoff_without_the_action_server_gets_words(say: Say) -> None:
    reply = say("please have someone call me back")
    assert "drop by" in reply
    assert "dizziness" in say("what are the side effects")


def test_danger_without_the_action_server_gets_the_crisis_reply(say: Say) -> None:
    reply = say("i want to kill myself")
    for words in CRISIS_WORDS:
        assert words in reply


def test_a_slash_neither_commands_nor_hides_danger(say: Say) -> None:
    assert "988" in say("/i want to kill myself")
    greeting = say('/faq{"x": 1}')
    assert "Source: our article" not in greeting
    assert "988" in say("/restart")


def test_the_form_survives_the_death_of_the_action_server(
    say: Say, actions: Callable[[], Any], env: dict[str, str]
) -> None:
    with actions():
        assert "first name" in say("please have someone call me back")
        say("Marcus")
    without = say("480 555 0117")
    assert "drop by" in without or "clinic" in without
    assert "Our article" in say("is it safe?")
    with actions():
        say("480 555 0117")
        summary = say("afternoons")
        assert "Marcus" in summary
        assert "(480) 555-0117" in summary
        assert "code" in say("yes")
    database = sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///"))
    statuses = database.execute("select status from contact_requests").fetchall()
    assert statuses.count(("open",)) == 1


def test_an_alarming_name_ends_the_form(say: Say, actions: Callable[[], Any]) -> None:
    with actions():
        say("please have someone call me back")
        reply = say("i dont want to live anymore")
        for words in CRISIS_WORDS:
            assert words in reply
        assert "first name" not in reply
        later = say("what is ketamine")
        assert "first name" not in later
        assert "988" in later


def test_nothing_personal_is_written(
    say: Say, actions: Callable[[], Any], env: dict[str, str], logs: Path
) -> None:
    with actions():
        say("please have someone call me back")
        say("Zebulon, 602 555 0143, mornings")
        say("yes")
        say("my name is Zebulon and my email is zebulon@example.com, what is ketamine")
    written = [Path(env["DATABASE_URL"].removeprefix("sqlite:///")), *logs.iterdir()]
    written += [f for f in written[0].parent.iterdir() if f.name.startswith("clinic.db-")]
    for file in written:
        content = file.read_bytes().lower()
        for secret in (b"zebulon", b"5550143", b"555-0143", b"555 0143"):
            assert secret not in content, f"{secret!r} stands in {file.name}"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"sender": "a", "message": null}', 400),
        (b'{"sender": "a", "message": 5}', 400),
        (b'{"sender": "a", "message": ["x"]}', 400),
        (b'{"sender": "a", "message": ""}', 400),
        (b'{"message": "hi"}', 400),
        (b'{"sender": "a", "message": "hi"', 400),
        (b"[]", 400),
        (b"", 400),
        (b'{"sender": "a", "message": "' + b"x" * 1001 + b'"}', 400),
        (b'{"sender": "a", "message": "' + b"x" * 2_000_000 + b'"}', 413),
    ],
    ids=[
        "null",
        "number",
        "list",
        "empty",
        "no sender",
        "bad JSON",
        "array",
        "no body",
        "long",
        "2 MB",
    ],
)
def test_bad_requests_get_a_clear_error(url: str, body: bytes, status: int) -> None:
    answer = httpx.post(f"{url}/webhooks/rest/webhook", content=body, timeout=10)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert "Traceback" not in answer.text


def test_rasas_own_api_is_off(url: str) -> None:
    for path in ("/conversations/a/tracker", "/domain", "/model/parse"):
        assert httpx.get(f"{url}{path}").status_code in (404, 405)
