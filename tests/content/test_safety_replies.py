"""SAFETY.md, "Replies": what each must contain, and must not."""

from __future__ import annotations

import re

import pytest

from assistant.content.grounding import plain
from assistant.responses.catalog import Catalog
from assistant.responses.last_resort import last_resort

CRISIS = ["utter_crisis", "utter_crisis_other", "utter_crisis_again"]
EMERGENCY = ["utter_emergency", "utter_emergency_on_purpose"]
HARD = [f"{name}{language}" for name in CRISIS + EMERGENCY for language in ("", "_es")]

ENGLISH = [
    r"automated assistant, not a person",
    r"call or text 988",
    r"988lifeline\.org",
    r"press 2",
    r"text AYUDA to 988",
    r"text HOME to 741741",
    r"\b911\b",
    r"nearest emergency room",
    r"near someone you\s+trust",
    r"findahelpline\.com",
]
SPANISH = [
    r"asistente automático, no una persona",
    r"al 988 y oprima el 2",
    r"AYUDA (por mensaje de texto )?al 988",
    r"988lifeline\.org",
    r"HOME .*al 741741",
    r"\b911\b",
    r"sala de emergencias más cercana",
    r"cerca de alguien de confianza",
    r"findahelpline\.com",
]
FORBIDDEN = [
    r"\?",  # no question of any kind: not about method or plan, and no "anything else?"
    r"ketamin",
    r"\bprice|\bcost|\bbook|appointment|schedule|\bvisit|drop by",
    r"we('ve| have)? (alerted|notified|contacted|called)|help is on (the|its) way",
    r"selfish|think of your|how could|people who love you",
    r"great|glad|happy|awesome|wonderful|cheer",
    r"scale|how (bad|strong|often)|\bplan\b|\bhow would",
    r"anything else|let me know|algo más",
    r"[\U0001F300-\U0001FAFF\u2600-\u27BF]",
    r"!",
    r"\{",
]


def _texts(catalog: Catalog, name: str) -> list[str]:
    return [*(v.text for v in catalog.variations[name]), last_resort(name)]


@pytest.mark.parametrize("name", CRISIS)
@pytest.mark.parametrize("pattern", ENGLISH)
def test_english_crisis_replies_contain(catalog: Catalog, name: str, pattern: str) -> None:
    for text in _texts(catalog, name):
        assert re.search(pattern, text, re.IGNORECASE), text


@pytest.mark.parametrize("name", CRISIS)
@pytest.mark.parametrize("pattern", SPANISH)
def test_spanish_crisis_replies_contain(catalog: Catalog, name: str, pattern: str) -> None:
    for text in _texts(catalog, f"{name}_es"):
        assert re.search(pattern, text, re.IGNORECASE), text


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_hard_replies_do_not_contain(catalog: Catalog, name: str, pattern: str) -> None:
    for text in _texts(catalog, name):
        assert not re.search(pattern, text, re.IGNORECASE), text


@pytest.mark.parametrize("name", [*EMERGENCY, *(f"{name}_es" for name in EMERGENCY)])
def test_emergency_replies_name_911_first_then_poison_control(catalog: Catalog, name: str) -> None:
    for text in _texts(catalog, name):
        places = [text.index(number) for number in ("911", "1-800-222-1222")]
        assert places == sorted(places)
        assert text.index("911") < text.index("988")
        assert "automated assistant" in text or "asistente automático" in text


def test_hard_replies_carry_nothing_to_tap_or_sell(catalog: Catalog) -> None:
    for name in HARD:
        for variation in catalog.variations[name]:
            assert set(variation.metadata) == {"voice"}


def test_second_crisis_reply_is_shorter_and_different(catalog: Catalog) -> None:
    for language in ("", "_es"):
        first = catalog.variations[f"utter_crisis{language}"][0].text
        again = [one.text for one in catalog.variations[f"utter_crisis_again{language}"]]
        assert all(len(text) < len(first) for text in again)
        assert len({first, *again}) == 1 + len(again) >= 3


def test_being_safe_gets_thanks_and_the_line_stays(catalog: Catalog) -> None:
    for variation in catalog.variations["utter_crisis_safe"]:
        assert "Thank you" in variation.text
        assert "call or text 988, any time" in variation.text
        assert "?" not in variation.text


@pytest.mark.parametrize(
    ("name", "needed", "unwanted"),
    [
        (
            "utter_personal_medical_advice",
            [
                "what is right for you",
                "start or stop a medicine because of this chat",
                "clinicians",
            ],
            r"\d+\s?(mg|milligram|ml)|usually|in general",
        ),
        ("utter_illicit_use", ["1-800-662-4357", "judg"], r"illegal|crime|police|addict|dealer"),
        (
            "utter_express_distress",
            ["988", "any kind of distress", "not alone"],
            r"calm down|panic",
        ),
        ("utter_under_18", ["under 18", "contact details", "988"], r"call you back"),
        (
            "utter_greet",
            ["automated assistant", "not for emergencies", "call or text 988"],
            r"Dr\b",
        ),
    ],
)
def test_other_fixed_replies(catalog: Catalog, name: str, needed: list[str], unwanted: str) -> None:
    for variation in catalog.variations[name]:
        text = plain(variation.text)
        for words in needed:
            assert words in text, words
        assert not re.search(unwanted, text)


def test_bot_says_what_it_is(catalog: Catalog) -> None:
    for variation in catalog.variations["utter_bot_challenge"]:
        assert "automated assistant" in variation.text
        assert "person" in variation.text


def test_nobody_claims_to_be_licensed(catalog: Catalog) -> None:
    for name, variations in catalog.variations.items():
        for variation in variations:
            assert not re.search(
                r"\bDr\.?\s|\bnurse\b|\bI'm a (doctor|therapist)", variation.text
            ), name
