from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.contact_requests.draft import Draft
from actions.handoff.understand import understand
from actions.handoff.understood import Understood
from assistant.slots import CONTACT_SLOTS
from tests.actions.handoff import cases, cases_es


def essence(said: Understood) -> dict:
    """What was found, without the words to keep private and without what was not found."""
    found = asdict(said)
    found.pop("private_words")
    keep = {name: value for name, value in found.items() if value}
    return keep | ({"confirmed": False} if said.confirmed is False else {})


@pytest.mark.parametrize(("text", "expected"), cases.ASKED_NAME)
def test_when_the_name_was_asked(text: str, expected: dict):
    assert essence(understand(text, "first_name")) == expected


@pytest.mark.parametrize(("text", "expected"), cases.ASKED_CONTACT)
def test_when_the_contact_was_asked(text: str, expected: dict):
    assert essence(understand(text, "contact", Draft("Mark"))) == expected


@pytest.mark.parametrize(("text", "expected"), cases.ASKED_TIME)
def test_when_the_time_was_asked(text: str, expected: dict):
    assert essence(understand(text, "preferred_time", cases.KNOWN)) == expected


@pytest.mark.parametrize(("text", "expected"), cases.AT_SUMMARY)
def test_at_the_summary(text: str, expected: dict):
    assert essence(understand(text, "confirmed", cases.KNOWN)) == expected


@pytest.mark.parametrize(("text", "expected"), cases_es.ASKED_NAME)
def test_when_the_name_was_asked_in_spanish(text: str, expected: dict):
    assert essence(understand(text, "first_name")) == expected


@pytest.mark.parametrize(("text", "expected"), cases_es.ASKED_CONTACT)
def test_when_the_contact_was_asked_in_spanish(text: str, expected: dict):
    assert essence(understand(text, "contact", Draft("Ana"))) == expected


@pytest.mark.parametrize(("text", "expected"), cases_es.ASKED_TIME)
def test_when_the_time_was_asked_in_spanish(text: str, expected: dict):
    assert essence(understand(text, "preferred_time", cases.KNOWN)) == expected


@pytest.mark.parametrize(("text", "expected"), cases_es.AT_SUMMARY)
def test_at_the_summary_in_spanish(text: str, expected: dict):
    assert essence(understand(text, "confirmed", cases.KNOWN)) == expected


@pytest.mark.parametrize("text", cases_es.NOT_UNDER_18)
def test_years_that_are_no_age_in_spanish(text: str):
    assert not understand(text, "first_name").under_18


@pytest.mark.parametrize(("text", "expected"), cases.BEFORE_THE_FORM)
def test_before_the_first_question(text: str, expected: dict):
    assert essence(understand(text, None)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("its marcus bell, 480-555-0117", {"marcus bell", "marcus", "bell", "480-555-0117"}),
        ("o\u2019neil", {"o\u2019neil"}),
        ("im bob, bob at gmail dot com", {"bob", "bob at gmail dot com", "bob@gmail.com"}),
        ("480-555-01", {"480-555-01"}),
    ],
)
def test_personal_words_are_named_as_they_were_typed(text: str, words: set[str]):
    asked = "contact" if text[0].isdigit() else "first_name"
    assert words <= set(understand(text, asked).private_words)


@pytest.mark.parametrize(
    "text",
    ["im 15 minutes away", "im 10 weeks pregnant", "im 12 years sober", "im free at 4", "im 45"],
)
def test_other_numbers_are_no_age_under_18(text: str):
    assert not understand(text, "first_name").under_18


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from([*CONTACT_SLOTS, None]))
def test_any_text_is_taken_without_an_error(text: str, asked):
    said = understand(text, asked, Draft("Mark"))
    assert said.preferred_time is None or len(said.preferred_time) <= 60
    assert said.first_name is None or len(said.first_name) <= 61


def test_a_very_long_message_is_cut():
    assert understand("a " * 100_000 + "im Bob", "first_name").first_name is None
