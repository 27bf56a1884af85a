"""Answers say what the article says, and nothing that stays out of answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.content.article import Article
from assistant.content.grounding import (
    forbidden_words,
    is_verbatim,
    kept_out,
    quotes,
)
from assistant.responses.catalog import Catalog, Variation, load_catalog
from tests.content.project import PROJECT

# What TOPICS.md grounds each answer with.
GROUNDS = {
    "anxiety_definition": "L7a L7b",
    "anxiety_causes": "L7c",
    "anxiety_prevalence": "L3a L3b",
    "anxiety_impact": "L9a L9b",
    "anxiety_treatments": "L15a",
    "medication_not_working": "L13a L15b L53b",
    "ketamine_definition": "L23a",
    "ketamine_history": "L23b",
    "ketamine_legality": "L25",
    "medical_uses": "L29a L31 L33 L34 L35",
    "why_for_anxiety": "L43a",
    "how_it_works": "L47a L47b",
    "what_it_feels_like": "L29b L49",
    "effect_duration": "L49 L68b",
    "lasting_relief": "L68b",
    "onset": "",
    "effectiveness": "L53b",
    "research_evidence": "L59a L66a",
    "conditions_treated": "L59a L59b",
    "side_effects": "L68c L29b",
    "safety": "L66a L68a L25",
    "addiction_risk": "L25 L66b L72b",
    "contraindications": "L72a L72b",
    "administration_routes": "L78a",
    "combining_treatments": "L78b",
    "treatment_plan": "L76b L78b",
    "clinic_services": "L83b",
}
NOTES = {
    "faq/medication_not_working": ["no_personal_advice"],
    "faq/ketamine_legality": ["approval"],
    "faq/medical_uses": ["approval"],
    "faq/why_for_anxiety": ["approval"],
    "faq/effect_duration": ["driving"],
    "faq/effectiveness": ["approval"],
    "faq/research_evidence": ["approval"],
    "faq/conditions_treated": ["approval", "tell_clinician_first"],
    "faq/side_effects": ["risks"],
    "faq/safety": ["risks", "no_personal_advice"],
    "faq/contraindications": ["tell_clinician_first"],
    "clinic/after_visit": ["driving"],
    "clinic/at_home": ["home_use"],
}
CLINIC = [
    "location",
    "hours",
    "contact",
    "cost",
    "insurance",
    "session_length",
    "number_of_sessions",
    "preparation",
    "after_visit",
    "referral",
    "age_limits",
    "at_home",
    "provider",
]


def _answers() -> Iterator[tuple[str, Variation]]:
    for name, variations in load_catalog(PROJECT / "domain.yml").variations.items():
        for variation in variations:
            yield name, variation


ANSWERS = [pytest.param(n, v, id=f"{n}-{v.index}") for n, v in _answers()]
FAQ = [param for param in ANSWERS if str(param.values[0]).startswith("utter_faq/")]


def test_every_topic_has_an_answer(catalog: Catalog) -> None:
    names = {name for name in catalog.variations if "/" in name}
    expected = {f"utter_faq/{topic}" for topic in GROUNDS}
    assert names == expected | {f"utter_clinic/{topic}" for topic in CLINIC}


@pytest.mark.parametrize("topic", GROUNDS)
def test_passages_are_those_of_the_table(catalog: Catalog, topic: str, article: Article) -> None:
    for variation in catalog.variations[f"utter_faq/{topic}"]:
        assert variation.names("passages") == GROUNDS[topic].split()
        assert set(variation.names("passages")) <= set(article.passages)


def test_notes_are_those_of_the_table(catalog: Catalog) -> None:
    found = {
        name.removeprefix("utter_"): variations[0].names("notes")
        for name, variations in catalog.variations.items()
        if variations[0].names("notes")
    }
    assert found == NOTES


@pytest.mark.parametrize(("name", "variation"), FAQ)
def test_quoted_words_are_the_articles(name: str, variation: Variation, article: Article) -> None:
    named = [article.passages[label] for label in variation.names("passages")]
    found = quotes(variation.text)
    for quote in found:
        assert is_verbatim(quote, named), quote
    if name not in ("utter_faq/onset", "utter_faq/why_for_anxiety"):
        assert found, "an answer lets the article speak"


@pytest.mark.parametrize(("name", "variation"), FAQ)
def test_answers_are_attributed(name: str, variation: Variation) -> None:
    words = variation.text.casefold()
    assert "article" in words or "in the us it is" in words


@pytest.mark.parametrize(("name", "variation"), ANSWERS)
def test_sentences_kept_out_appear_nowhere(
    name: str, variation: Variation, article: Article
) -> None:
    everything = " ".join(map(str, (variation.text, dict(variation.metadata))))
    assert not list(kept_out(everything, article.passages.values()))
    assert not list(forbidden_words(everything, article.passages.values()))
    for word in ("schizo", "rats", "mice", "a cat", "breaking point"):
        assert f" {word}" not in everything.casefold()


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("ketamine_history", ["doesn't say"]),
        ("what_it_feels_like", ["doesn't say"]),
        ("onset", ["doesn't say"]),
        ("effectiveness", ["success rate"]),
        ("research_evidence", ["n't name"]),
        ("contraindications", ["very broad", "rule yourself in or out"]),
        ("why_for_anxiety", ["sources", "1960s", "animal"]),
    ],
)
def test_what_the_article_does_not_say_is_said(
    catalog: Catalog, topic: str, words: list[str]
) -> None:
    for variation in catalog.variations[f"utter_faq/{topic}"]:
        for word in words:
            assert word in variation.text


@pytest.mark.parametrize("topic", ["onset", "contraindications"])
def test_handoff_is_offered(catalog: Catalog, topic: str) -> None:
    assert catalog.variations[f"utter_faq/{topic}"][0].metadata["offers"] == "callback"


@pytest.mark.parametrize("topic", CLINIC[3:])
def test_clinic_questions_offer_a_call_back(catalog: Catalog, topic: str) -> None:
    variations = catalog.variations[f"utter_clinic/{topic}"]
    assert len(variations) >= 2
    assert {variation.metadata["offers"] for variation in variations} == {"callback"}


def test_curly_quotes_and_final_stops_do_not_matter(article: Article) -> None:
    legal = [article.passages["L25"]]
    assert quotes('It says “special K.” and "x y,"') == ["special K", "x y"]
    assert is_verbatim('also known as "special K"', legal)
    assert not is_verbatim("administered safely under medical supervision", legal)
    assert not is_verbatim("Special K", legal)


def test_five_words_in_a_row_are_noticed(article: Article) -> None:
    text = "They say the cat was so relaxed that it slept."
    assert [passage.id for passage, _ in kept_out(text, article.passages.values())] == ["L41"]
