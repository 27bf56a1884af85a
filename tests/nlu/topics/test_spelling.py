"""Typos are corrected by the examples' words; what may be meant is left alone."""

from __future__ import annotations

import pytest

from assistant.nlu.topics.spelling import Spelling, encoder_words

EXAMPLES = [
    "is ketamine safe during treatment",
    "how long does ketamine treatment last",
    "where is the clinic",
    "is the clinic safe",
    "how is treatment administered where",
    "administered how during",
    "treatments treatments",
    "insurance for lexapro",
]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling(EXAMPLES, frozenset({"cafe", "form"}))


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("is ketmaine saef", "is ketamine safe"),
        ("Ketamin durring tretment?", "ketamine during treatment?"),
        ("tretments", "treatments"),
        ("adminstred", "administered"),
        ("wat r ur clincs", "what are your clinic"),
    ],
)
def test_typos_are_corrected(spelling: Spelling, text: str, corrected: str) -> None:
    assert spelling.correct(text) == corrected


@pytest.mark.parametrize(
    "text",
    [
        "cafe",  # known to the encoder, near "safe"
        "Lexapro",  # seen once
        "lexapra",  # one seen once may be a typo itself
        "saf",  # too short
        "nmda2 !? ...",
        "",
        "the",
    ],
)
def test_other_words_are_left_alone(spelling: Spelling, text: str) -> None:
    assert spelling.correct(text) == text


def test_the_first_letter_is_trusted(spelling: Spelling) -> None:
    assert spelling.correct("wafe") == "wafe"


def test_the_encoder_knows_english_words() -> None:
    assert {"anxiety", "needle", "cafe"} <= encoder_words()
    assert "anxity" not in encoder_words()
