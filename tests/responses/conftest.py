"""A project folder whose content tests may change, and conversations to answer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.responses.book import Files
from assistant.responses.generator import ResponseGenerator
from tests.content.project import PROJECT

KNOWN_CLINIC = """\
name: A Better Solution Wellness Clinic
services: [ketamine therapy]
address: {street: 12 Example Street, city: Mesa, state: AZ, zip: "85201"}
phone: (480) 555-0100
email: hello@example.com
booking_url: https://example.com/book
directions_url: https://example.com/map
time_zone: America/Phoenix
hours:
  monday: ["09:00-17:00"]
  tuesday: ["09:00-17:00"]
"""


def copy_content(target: Path) -> Path:
    """Copy what answers are made of."""
    shutil.copytree(PROJECT / "content", target / "content")
    shutil.copy(PROJECT / "domain.yml", target / "domain.yml")
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_content(tmp_path)


@pytest.fixture
def known_clinic(project: Path) -> Path:
    """The project with every fact of the clinic set."""
    (project / "content" / "clinic.yml").write_text(KNOWN_CLINIC)
    return project


@pytest.fixture
def generator(project: Path) -> ResponseGenerator:
    return ResponseGenerator(files=Files.under(project))


class Chat:
    """A conversation that keeps what is said, as Rasa does."""

    def __init__(self, generator: ResponseGenerator, sender: str = "rest:ann") -> None:
        names = ("crisis_seen", "under_18", "first_name", "language")
        slots = [AnySlot(name, mappings=[{}]) for name in names]
        self.tracker = DialogueStateTracker(sender, slots)
        self.generator = generator
        self.channel = sender.partition(":")[0]
        self.hears("hello")

    def hears(self, text: str, **parsed: Any) -> None:
        self.tracker.update(UserUttered(text, parse_data={"text": text, **parsed}))

    def set(self, slot: str, value: Any) -> None:
        self.tracker.update(SlotSet(slot, value))

    def start_form(self) -> None:
        self.tracker.update(ActiveLoop("contact_form"))

    async def says(self, name: str, **values: Any) -> dict[str, Any]:
        message = await self.generator.generate(name, self.tracker, self.channel, **values)
        self.tracker.update(ActionExecuted(name))
        metadata = {k: v for k, v in message.items() if k not in ("text", "buttons", "custom")}
        self.tracker.update(BotUttered(message["text"], {}, {**metadata, "utter_action": name}))
        return message


@pytest.fixture
def chat(generator: ResponseGenerator) -> Chat:
    return Chat(generator)


@pytest.fixture
def touch() -> Callable[[Path, str], None]:
    """Writes a file so that its time differs, however coarse the file system's clock."""

    def write(path: Path, text: str) -> None:
        before = path.stat().st_mtime_ns
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(before + 10**9, before + 10**9))

    return write
