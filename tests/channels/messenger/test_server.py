"""The whole assistant on Messenger: a real process, a real model, Graph over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from assistant.channels.messenger.profile_texts import profile
from assistant.serving import action_server, assistant_server, free_port
from tests.channels.messenger import meta
from tests.channels.messenger.conftest import variables
from tests.channels.messenger.fake_graph import DOWN, FakeGraph, running_graph
from tests.processes import own_environment

pytestmark = pytest.mark.server

Say = Callable[[str], str]
FORM_WORDS = ("first name", "what number", "reach you at")


@pytest.fixture(scope="module")
def facebook() -> Iterator[FakeGraph]:
    with running_graph() as graph:
        yield graph


@pytest.fixture(scope="module")
def env(facebook: FakeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {**own_environment(tmp_path_factory.mktemp("clinic")), **variables(facebook)}


@pytest.fixture(scope="module")
def url(
    trained_model: Path, env: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    port, logs = free_port(), tmp_path_factory.mktemp("logs")
    with (
        action_server(int(env["ACTION_PORT"]), env, logs / "actions.log"),
        assistant_server(port, env, logs / "assistant.log"),
    ):
        yield f"http://127.0.0.1:{port}"


def post(url: str, *events: meta.Event) -> None:
    answer = httpx.post(**{**meta.request(*events), "url": url + meta.PATH}, timeout=20)
    assert answer.status_code == 200, answer.text


@pytest.fixture
def person() -> str:
    return str(uuid4().int)[:16]


@pytest.fixture
def does(url: str, facebook: FakeGraph, person: str) -> Callable[[meta.Event], str]:
    """Delivers an event of `person`; returns the text of what comes back."""

    def deliver(event: meta.Event) -> str:
        before = len(facebook.texts(person))
        post(url, event)
        facebook.until(lambda: len(facebook.texts(person)) > before)
        return "\n".join(facebook.texts(person)[before:])

    return deliver


@pytest.fixture
def say(does: Callable[[meta.Event], str], person: str) -> Say:
    return lambda text: does(meta.message(person, text))


def test_an_answer_names_its_source_and_its_choices_lead_on(
    say: Say, does: Callable[[meta.Event], str], facebook: FakeGraph, person: str
) -> None:
    assert "Source: our article" in say("What are the side effects?")
    to, message = facebook.messages[-1]
    assert to == person
    reply = message["quick_replies"][0]
    assert "Source: our article" in does(meta.tap(person, reply["title"], reply["payload"]))


@pytest.mark.parametrize(
    "text", ["can someone call me", "I want to drop by", "can I book an appointment?", "call me"]
)
def test_contact_details_are_not_taken_here(say: Say, text: str) -> None:
    answer = say(text).lower()
    assert not any(words in answer for words in FORM_WORDS), answer
    assert not any(words in say("yes please").lower() for words in FORM_WORDS)
    assert not any(words in say("Marcus, 480 555 0117").lower() for words in FORM_WORDS)


def test_danger_gets_the_crisis_reply(say: Say) -> None:
    answer = say("I want to kill myself")
    assert all(words in answer for words in ("988", "741741", "automated assistant"))


def _items() -> list[tuple[str, str, str]]:
    fields = profile("Clinic")
    return [
        (menu["locale"], item["title"], item["payload"])
        for menu in fields["persistent_menu"][:2]
        for item in menu["call_to_actions"]
    ]


MENU_ANSWERS = {
    "What you can ask": "Here is what you can ask me about",
    "Talk to a person": "clinic",
    "Your privacy": "delete my data",
    "Qué puede preguntar": "puede preguntar",
    "Hablar con una persona": "clínica",
    "Su privacidad": "borra mis datos",
}


@pytest.mark.parametrize(("locale", "title", "payload"), _items())
def test_every_item_of_the_menu_is_understood(
    does: Callable[[meta.Event], str], person: str, locale: str, title: str, payload: str
) -> None:
    answer = does(meta.postback(person, title, payload))
    assert MENU_ANSWERS[title] in answer
    assert not any(words in answer.lower() for words in FORM_WORDS)


def test_get_started_introduces_the_assistant(
    does: Callable[[meta.Event], str], person: str
) -> None:
    payload = profile("Clinic")["get_started"]["payload"]
    answer = does(meta.postback(person, "Get Started", payload))
    assert "automated assistant" in answer
    assert "988" in answer


@pytest.mark.parametrize("moment", ["before the turn ends", "while it is delivered"])
def test_a_killed_process_loses_no_answer(
    trained_model: Path, tmp_path: Path, person: str, moment: str
) -> None:
    port, log = free_port(), tmp_path / "assistant.log"
    with running_graph() as graph:
        env = {**own_environment(tmp_path), **variables(graph)}
        event = meta.message(person, "What are the side effects?")
        url = f"http://127.0.0.1:{port}"
        graph.always = DOWN
        with assistant_server(port, env, log) as running:
            post(url, event)
            if moment == "while it is delivered":
                graph.until(lambda: graph.message_calls[person] > 0)
            running.kill()
            running.wait()
        assert not graph.messages
        graph.always = None
        with assistant_server(port, env, log):
            graph.until(lambda: bool(graph.messages), 60)
            post(url, event)
            post(url, meta.message(person, "thank you"))
            graph.until(lambda: len(graph.messages) >= 2)
        texts = graph.texts(person)
        assert "Source: our article" in texts[0]
        assert not any("Source: our article" in text for text in texts[1:])
