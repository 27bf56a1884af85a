"""Callback data: short, known after a restart, and nobody else's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.channels.telegram.choices import MAX_BYTES, Choices
from assistant.responses.book import Files
from assistant.responses.catalog import catalog_of
from assistant.responses.library import Library
from assistant.settings import ROOT

LONG = "Could you tell me what else there is, apart from all that you have told me so far today?"
OWN = f"""\
responses:
  utter_a:
  - text: one
    buttons:
    - {{title: More, payload: "{LONG}"}}
"""


@pytest.fixture
def files(tmp_path: Path) -> Files:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "domain.yml", tmp_path)
    return Files.under(tmp_path)


def choices(files: Files) -> Choices:
    return Choices(Library(files, catalog_of({})))


async def test_every_button_of_the_content_comes_back_as_itself(files: Files) -> None:
    catalog = Library(files, catalog_of({}))
    before, after = choices(files), choices(files)
    for language in ("en", "es"):
        book = await catalog.book(language)
        for topic in book.catalog.topics.values():
            data = await before.data_for(topic.question)
            assert data is not None
            assert len(data.encode()) <= MAX_BYTES
            found = await after.of(data)
            assert found is not None
            assert found.payload == topic.question


async def test_the_button_for_something_else_is_known(files: Files) -> None:
    data = await choices(files).data_for("No, something else")
    assert data
    found = await choices(files).of(data)
    assert found is not None
    assert found.title == "Something else"


async def test_a_long_payload_gets_a_short_key_that_outlives_the_process(files: Files) -> None:
    files.domain.write_text(OWN, encoding="utf-8")
    data = await choices(files).data_for(LONG)
    assert data is not None
    assert len(data.encode()) <= MAX_BYTES
    found = await choices(files).of(data)
    assert found is not None
    assert (found.title, found.payload) == ("More", LONG)


async def test_an_edited_question_keeps_old_buttons_alive(files: Files) -> None:
    index = choices(files)
    data = await index.data_for("Is ketamine safe?")
    edited = files.domain.read_text(encoding="utf-8")
    files.domain.write_text(edited.replace("Is ketamine safe?", "How safe is it?"), "utf-8")
    assert data is not None
    found = await index.of(data)
    assert found is not None
    assert found.payload == "How safe is it?"


@pytest.mark.parametrize("data", ["", "en:faq/none", "/restart", "I want to die", "#" + "0" * 32])
async def test_data_that_nobody_issued_is_no_choice(files: Files, data: str) -> None:
    assert await choices(files).of(data) is None


async def test_a_payload_that_the_content_does_not_have_gets_no_data(files: Files) -> None:
    assert await choices(files).data_for('/faq{"x": 1}') is None
