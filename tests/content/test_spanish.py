"""The Spanish wordings say what the English ones say, with the same notes, sources and numbers."""

from __future__ import annotations

import re

import pytest

from assistant.content.notes import load_notes
from assistant.content.spanish import Spanish, load_spanish
from assistant.content.validate.metadata import TITLE_CHARACTERS
from assistant.responses.book import Files
from assistant.responses.catalog import Catalog, Variation, load_catalog
from assistant.responses.library import Library
from tests.content.project import PROJECT

FILES = Files.under(PROJECT)
ENGLISH = load_catalog(FILES.domain)
SPANISH = load_spanish(FILES.spanish)
NUMBERS = ("988", "911", "741741", "1-800-662-4357", "1-800-222-1222")
# Response name: words for what the English must not lose.
KEPT = {
    "utter_faq/what_it_feels_like": ["no lo dice", "No dice"],
    "utter_faq/onset": ["no dice"],
    "utter_faq/effectiveness": ["tasa de éxito"],
    "utter_faq/contraindications": ["muy amplio", "no se incluya ni se descarte"],
    "utter_faq/safety": ["supervisión médica"],
    "utter_personal_medical_advice": ["no empiece ni deje un medicamento"],
}
# Answered in Spanish by `utter_spanish`, which points to the clinic.
NOT_YET = {
    *("anxiety_prevalence", "anxiety_impact", "medication_not_working", "ketamine_history"),
    *("medical_uses", "why_for_anxiety", "research_evidence", "conditions_treated"),
    *("combining_treatments", "treatment_plan"),
}


@pytest.fixture(scope="module")
def book() -> Catalog:
    """The catalog that Spanish conversations get."""
    library = Library(FILES, ENGLISH)
    return library._books["es"].catalog


def test_every_response_has_spanish_words(book: Catalog) -> None:
    own_language = ("utter_other_language", "utter_spanish")
    missing = {
        name
        for name in ENGLISH.variations
        if name not in SPANISH.responses
        and not name.endswith("_es")
        and f"{name}_es" not in ENGLISH.variations
        and not name.startswith(own_language)
    }
    assert missing == {f"utter_faq/{topic}" for topic in NOT_YET}
    assert set(SPANISH.responses) <= set(ENGLISH.variations)


@pytest.mark.parametrize("name", SPANISH.responses)
def test_notes_sources_and_offers_are_those_of_the_english(name: str, book: Catalog) -> None:
    english = ENGLISH.variations[name][0]
    for wording in book.variations[name]:
        for key in ("notes", "passages", "related", "links"):
            assert wording.names(key) == english.names(key), key
        if english.metadata.get("offers"):
            assert wording.metadata["offers"] == english.metadata["offers"]


@pytest.mark.parametrize("name", SPANISH.responses)
def test_numbers_and_facts_are_those_of_the_english(name: str, book: Catalog) -> None:
    english = " ".join(wording.text for wording in ENGLISH.variations[name])
    said = {n for n in NUMBERS if n in english}
    named = {p for wording in ENGLISH.variations[name] for p in wording.placeholders}
    for wording in book.variations[name]:
        assert {n for n in NUMBERS if n in wording.text} <= said | {"988", "911"}
        assert wording.placeholders <= named
    first = ENGLISH.variations[name][0]
    for number in NUMBERS:
        if number in first.text:
            assert number in book.variations[name][0].text
    _spanish_lifeline(book.variations[name])


def _spanish_lifeline(wordings: tuple[Variation, ...]) -> None:
    for wording in wordings:
        if "988" in wording.text:
            assert "oprim" in wording.text, "in Spanish the lifeline is 988, then 2"


@pytest.mark.parametrize("name", [n for n in SPANISH.responses if n.startswith("utter_faq/")])
def test_answers_name_the_article_and_mark_what_is_translated(name: str, book: Catalog) -> None:
    for wording in book.variations[name]:
        assert "artículo" in wording.text or "En Estados Unidos" in wording.text
        assert '"' not in wording.text, "straight quotes are for the article's own words"
        if wording.names("passages"):
            assert "«" in wording.text
    assert "inglés" in SPANISH.lines.source
    assert "traducción" in SPANISH.lines.source


@pytest.mark.parametrize("name", KEPT)
def test_limits_are_not_lost_in_translation(name: str, book: Catalog) -> None:
    for wording in book.variations[name]:
        assert any(words in wording.text for words in KEPT[name])


def test_every_note_is_translated_with_its_numbers() -> None:
    notes = load_notes(FILES.notes)
    assert set(SPANISH.notes) == set(notes)
    for name, note in notes.items():
        for english, spanish in (
            (note.text, SPANISH.notes[name].text),
            (note.again, SPANISH.notes[name].again),
        ):
            assert re.findall(r"\d+", english) == re.findall(r"\d+", spanish), name
            assert ("FDA" in english) == ("FDA" in spanish), name


def test_kept_out_words_stay_out_in_spanish() -> None:
    for name, response in SPANISH.responses.items():
        for wording in response.wordings:
            assert not re.search(r"(?i)esquizo|ratas|ratones|!|¡", wording.text), name
            assert not re.search(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]", wording.text), name


def test_titles_fit_a_quick_reply_and_are_used_once(book: Catalog) -> None:
    titles = [topic.title for topic in book.topics.values()]
    assert not [title for title in titles if len(title) > TITLE_CHARACTERS]
    assert len(titles) == len(set(titles))
    assert all(len(topic.question.encode()) <= 64 for topic in book.topics.values())


def test_a_topic_without_spanish_words_says_so(book: Catalog) -> None:
    assert "inglés" in book.variations["utter_faq/research_evidence"][0].text
    assert "faq/research_evidence" not in book.topics


def test_nobody_has_reviewed_it_yet() -> None:
    assert Spanish().reviewed_on is None
    assert SPANISH.reviewed_on is None
    assert SPANISH.reviewed_by is None
