"""Plain words: grade 8 at most for what we write ourselves, and no shouting."""

from __future__ import annotations

import re

import pytest

from assistant.content.notes import load_notes
from assistant.responses.catalog import Catalog
from tests.content.project import PROJECT

GRADE = 8.9
_SPANISH = ("_es", "spanish")


def grade(text: str) -> float:
    """Flesch-Kincaid grade, with syllables counted as runs of vowels."""
    sentences = max(1, len(re.findall(r"[.!?:;](?:\s|$)|\n", text + " ")))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$|ed$|es$", "", word.lower()))))
        for word in words
    )
    return 0.39 * len(words) / sentences + 11.8 * syllables / max(1, len(words)) - 15.59


def _own_words(text: str) -> str:
    """Without the article's words and without names, which nobody can choose."""
    text = re.sub(r'"[^"]*?([.?]?)"', r"this\1", text)
    return re.sub(r"\{\w+\}|\S+\.(?:org|com)", "this", text)


def test_grade_tells_plain_from_hard() -> None:
    assert grade("The cat sat on the mat. It was glad.") < 3
    assert grade("Pharmacological interventions necessitate individualized evaluation.") > 14


def test_our_own_words_are_plain(catalog: Catalog) -> None:
    hard = {
        f"{name}-{variation.index}": round(grade(_own_words(variation.text)), 1)
        for name, variations in catalog.variations.items()
        if not name.endswith(_SPANISH)
        for variation in variations
        if len(variation.text.split()) > 8 and grade(_own_words(variation.text)) > GRADE
    }
    assert not hard


def test_safety_notes_are_as_plain_as_their_terms_allow() -> None:
    notes = load_notes(PROJECT / "content" / "safety_notes.yml")
    assert list(notes) == [
        "approval",
        "risks",
        "no_personal_advice",
        "tell_clinician_first",
        "home_use",
        "driving",
    ]
    # Names of illnesses and of uses cannot be made shorter.
    allowed = {"approval": 12.0, "tell_clinician_first": 14.0, "home_use": 12.0}
    for name, note in notes.items():
        assert grade(note.text) <= allowed.get(name, GRADE), name
        assert not note.is_signed


def test_no_emoji_no_shouting_no_selling(catalog: Catalog) -> None:
    for name, variations in catalog.variations.items():
        for variation in variations:
            assert "!" not in variation.text, name
            assert not re.search(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]", variation.text), name
            assert (
                not re.search(
                    r"(?i)life.changing|miracle|amazing|best clinic|don't miss|cure", variation.text
                )
                or name == "utter_faq/lasting_relief"
            )


@pytest.mark.parametrize("prefix", ["utter_faq/", "utter_clinic/"])
def test_answers_come_in_at_least_two_wordings(catalog: Catalog, prefix: str) -> None:
    for name, variations in catalog.variations.items():
        if name.startswith(prefix):
            assert len({variation.text for variation in variations}) >= 2, name
