"""The generator never raises, never shows a placeholder, and follows the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.responses.book import Files
from assistant.responses.catalog import load_catalog
from assistant.responses.generator import ResponseGenerator
from assistant.responses.limits import limits_of
from tests.content.project import PROJECT
from tests.responses.conftest import KNOWN_CLINIC, Chat, copy_content

Write = Callable[[Path, str], None]
NAMES = list(load_catalog(PROJECT / "domain.yml").variations)


@pytest.fixture(scope="module", params=["name: Clinic\n", KNOWN_CLINIC], ids=["unset", "set"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A generator for tests that change nothing."""
    root = copy_content(tmp_path_factory.mktemp("project"))
    (root / "content" / "clinic.yml").write_text(request.param)
    return ResponseGenerator(files=Files.under(root))


@pytest.mark.parametrize("name", NAMES)
async def test_no_placeholder_reaches_a_visitor(shared: ResponseGenerator, name: str) -> None:
    for sender in ("rest:ann", "messenger:1", "telegram:1"):
        chat = Chat(shared, sender)
        for _ in range(4):
            message = await chat.says(name)
            assert message["text"].strip()
            assert not set(message["text"]) & set("{}")
            assert len(message["text"]) < 2000


async def test_a_changed_answer_is_said_at_once(chat: Chat, project: Path, touch: Write) -> None:
    domain = project / "domain.yml"
    touch(domain, domain.read_text().replace("It doesn't go into more detail.", "That is all."))
    assert "That is all." in (await chat.says("utter_faq/anxiety_causes"))["text"]


async def test_changed_facts_are_said_at_once(chat: Chat, project: Path, touch: Write) -> None:
    touch(project / "content" / "clinic.yml", KNOWN_CLINIC)
    assert "Mesa" in (await chat.says("utter_clinic/location"))["text"]


@pytest.mark.parametrize(
    "file",
    ["domain.yml", "content/clinic.yml", "content/safety_notes.yml", "content/article.md"],
)
@pytest.mark.parametrize("broken", ["responses: [", "\ud83d", None])
async def test_a_broken_file_keeps_the_last_good(
    project: Path, file: str, broken: str | None, touch: Write
) -> None:
    (project / "content" / "clinic.yml").write_text(KNOWN_CLINIC)
    generator = ResponseGenerator(files=Files.under(project))
    before = await Chat(generator).says("utter_faq/side_effects")
    where = await Chat(generator).says("utter_clinic/location")
    path = project / file
    if broken is None:
        path.unlink()
    elif path.suffix == ".yml" and broken.isascii():
        touch(path, broken)
    else:
        path.write_bytes(b"\xff\xfe\x00")
    assert await Chat(generator).says("utter_faq/side_effects") == before
    assert await Chat(generator).says("utter_clinic/location") == where


async def test_a_file_that_is_repaired_is_used_again(
    chat: Chat, project: Path, touch: Write
) -> None:
    domain = project / "domain.yml"
    good = domain.read_text()
    touch(domain, "responses: [")
    await chat.says("utter_thank")
    touch(domain, good.replace("You're welcome. If another", "Any time. If another"))
    chat.tracker.events.clear()
    assert (await chat.says("utter_thank"))["text"].startswith("Any time.")


@pytest.mark.parametrize("added", ["utter_x: 5", "utter_x: Hello.", "5: [{text: Hi.}]"])
async def test_one_broken_response_leaves_the_others_alone(
    project: Path, touch: Write, added: str
) -> None:
    domain = project / "domain.yml"
    touch(domain, domain.read_text().replace("responses:\n", f"responses:\n  {added}\n"))
    chat = Chat(ResponseGenerator(files=Files.under(project)))
    assert "something went wrong" not in (await chat.says("utter_thank"))["text"]


async def test_without_a_domain_file_the_trained_one_serves(tmp_path: Path) -> None:
    domain = Domain.from_yaml("responses:\n  utter_thank:\n  - text: Trained words.\n")
    generator = ResponseGenerator(None, domain, Files.under(tmp_path))
    assert (await Chat(generator).says("utter_thank"))["text"] == "Trained words."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("utter_crisis", "Call or text 988"),
        ("utter_crisis_again_es", "Llame al 988"),
        ("utter_emergency_on_purpose", "call 911 now"),
        ("utter_faq/safety", "something went wrong on my side"),
    ],
)
async def test_without_any_content_there_are_still_words(
    tmp_path: Path, name: str, words: str
) -> None:
    message = await Chat(ResponseGenerator(files=Files.under(tmp_path))).says(name)
    assert words in message["text"]


async def test_an_unknown_response_is_an_apology(chat: Chat) -> None:
    message = await chat.says("utter_nothing_of_the_kind")
    assert "something went wrong on my side" in message["text"]


@pytest.mark.parametrize(
    "parsed",
    [
        {"safety": "SOFT"},
        {"topic_ranking": "faq/safety"},
        {"topic_ranking": [None, {"name": None}]},
        {"suggestions": [{"name": "faq/safety", "confidence": "high"}]},
    ],
)
async def test_odd_parse_data_never_raises(chat: Chat, parsed: dict[str, Any]) -> None:
    chat.hears("x", **parsed)
    for name in ("utter_clarify", "utter_faq/safety", "utter_crisis"):
        assert (await chat.says(name))["text"]


async def test_a_new_tracker_without_messages(generator: ResponseGenerator) -> None:
    tracker = DialogueStateTracker("rest:new", [])
    assert (await generator.generate("utter_greet", tracker, "rest"))["text"]


async def test_values_of_an_action_are_filled_in_as_they_are(
    project: Path, chat: Chat, touch: Write
) -> None:
    domain = project / "domain.yml"
    touch(
        domain, f"{domain.read_text()}\n  utter_hi:\n  - text: Hi {{given_name}}. Call {{fax}}.\n"
    )
    assert (await chat.says("utter_hi", given_name="{phone}"))["text"] == "Hi {phone}."


async def test_rasas_channel_and_condition_keys_hold(
    project: Path, chat: Chat, touch: Write
) -> None:
    domain = project / "domain.yml"
    added = """
  utter_c:
  - text: plain
  - text: safe
    condition:
    - {type: slot, name: crisis_seen, value: true}
  - text: tele
    channel: telegram
"""
    touch(domain, domain.read_text() + added)
    assert (await chat.says("utter_c"))["text"] == "plain"
    chat.set("crisis_seen", True)
    assert (await chat.says("utter_c"))["text"].startswith("safe")


def test_channel_limits() -> None:
    many = [{"title": f"A rather long title, number {n}", "payload": "x" * n} for n in range(70)]
    messenger = limits_of("messenger").apply(many)
    assert len(messenger) == 13
    assert all(button["title"].startswith("A rather long title, number") for button in messenger)
    assert len(limits_of("telegram").apply(many)) == 8
    rest = limits_of("rest").apply([{"title": "A title " * 10, "payload": "x"}])
    assert len(rest[0]["title"]) <= 40
