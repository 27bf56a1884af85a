"""Which messages are Spanish, which English, and which take the conversation's language."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.content.validate.examples import read_examples
from assistant.nlu.reading.spanish import LANGUAGE, is_spanish_in, language_of
from assistant.settings import ROOT


def conversation(language: str) -> DialogueStateTracker:
    tracker = DialogueStateTracker("rest:someone", [TextSlot(LANGUAGE, mappings=[{}])])
    tracker.update(SlotSet(LANGUAGE, language))
    return tracker


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Es legal?", "es"),
        ("kiero una sita", "es"),
        ("me voy a matar", "es"),
        ("cual es el address de la clinica", "es"),
        ("grasias", "es"),
        ("sí", "es"),
        ("what does it cost?", "en"),
        ("is the café on the corner open", "en"),
        ("my wife said hola to the doctor", "en"),
        ("total cost of an infusion", "en"),
        ("i want 2 die", "en"),
        ("ok", None),
        ("no", None),
        ("yo", None),
        ("480 555 0117", None),
        ("😢", None),
    ],
)
def test_the_language_of_a_message(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["ok", "no", "480 555 0117"])
def test_what_tells_nothing_keeps_the_language_of_the_conversation(text: str) -> None:
    assert is_spanish_in(text, conversation("es"))
    assert not is_spanish_in(text, conversation("en"))
    assert not is_spanish_in(text, None)


def test_a_clear_message_changes_the_language() -> None:
    assert not is_spanish_in("how much is it", conversation("es"))
    assert is_spanish_in("cuanto cuesta", conversation("en"))


def test_most_spanish_examples_are_spanish_by_themselves() -> None:
    texts = [e.text for e in read_examples(ROOT / "data" / "spanish.yml")]
    missed = [text for text in texts if language_of(text) != "es"]
    assert len(missed) < 0.05 * len(texts), missed


def test_english_examples_are_not_taken_for_spanish() -> None:
    texts = [e.text for e in read_examples(ROOT / "data" / "nlu.yml") if e.text.isascii()]
    taken = [text for text in texts if language_of(text) == "es"]
    assert len(taken) < 0.005 * len(texts), taken
