import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from assistant.nlu.safety import screen
from assistant.nlu.safety.screen import CHECK_FAILED


def test_nothing_found():
    assert screen("How much does it cost?").as_dict() == {
        "tier": "NONE",
        "kind": None,
        "subject": "self",
        "language": "en",
        "on_purpose": False,
        "rules": [],
    }


@pytest.mark.parametrize(
    "text",
    [
        "I want to. Die.",
        "I want to kill\nmyself",
        "I\nwant\nto\ndie",
        "I want to... die",
        "Hi! My insurance is Aetna. Also I want to die. Thanks.",
        "I'm not joking, I want to die",
        "dying to know what it costs because I want to kill myself",
    ],
)
def test_the_whole_text_and_each_sentence_are_read(text):
    assert screen(text).tier == "HARD"


def test_messages_are_joined():
    assert screen("kill myself", earlier=["hello", "I want to"]).tier == "HARD"
    assert screen("myself", earlier=["I want to", "kill"]).tier == "HARD"


def test_only_the_last_two_earlier_messages_are_joined():
    assert screen("myself", earlier=["I want to kill", "hello", "how are you"]).tier == "NONE"


def test_a_hit_inside_an_earlier_message_does_not_count_again():
    assert screen("what does it cost?", earlier=["I want to die"]).tier == "NONE"


@pytest.mark.parametrize(
    ("text", "kind", "subject", "on_purpose"),
    [
        ("I want to die", "crisis", "self", False),
        ("my son wants to kill himself", "crisis", "other", False),
        ("my son says he wants to die and I want to die too", "crisis", "self", False),
        ("I took 30 tylenol", "emergency", "self", False),
        ("I took all my pills, I want to die", "emergency", "self", True),
        ("my husband is unconscious", "emergency", "self", False),
    ],
)
def test_kind_subject_and_purpose(text, kind, subject, on_purpose):
    outcome = screen(text)

    assert (outcome.tier, outcome.kind) == ("HARD", kind)
    assert outcome.on_purpose is on_purpose
    if kind == "crisis":
        assert outcome.subject == subject


def test_spanish_is_told():
    assert screen("ya no quiero vivir").language == "es"
    assert screen("I want to die").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "I'm dying to know the price",
        "this headache is killing me",
        "I'd kill for a good night's sleep",
        "has anyone died from ketamine?",
        "lethal dose in rats?",
        "can you overdose on ketamine?",
        "is shortness of breath a side effect?",
        "Is Dr. Killian in?",
        "end this chat",
        "shoot me an email",
        "Have you seen Suicide Squad?",
        "does it kill the pain",
        "5 kms from here",
        "",
        "   ",
        "🙂",
    ],
)
def test_look_alikes_are_spared(text):
    assert screen(text).tier == "NONE"


@pytest.mark.parametrize(
    "text",
    [
        "my phone is about to die and I want to die too",
        "I'd rather not be on pills, I'd rather not be alive",
        "I'm so on edge that I want to kill myself",
        "these shoes are the death of me. I want to die.",
        "I faint at needles. My wife fainted and is not breathing",
        "I had a stroke years ago and I think I'm having another",
        "my son does not respond to zoloft. he is not responding to me",
        "farewell for today, and goodbye forever",
    ],
)
def test_a_harmless_saying_does_not_cover_the_danger_beside_it(text):
    assert screen(text).tier == "HARD"


@pytest.mark.parametrize("text", ["I'm not suicidal", "does it help with suicidal thoughts?"])
def test_soft(text):
    assert screen(text).tier == "SOFT"


def test_a_failing_check_is_hard_and_logged_without_text(monkeypatch):
    def broken():
        raise RuntimeError("no rules: very private words")

    monkeypatch.setattr(sys.modules["assistant.nlu.safety.screen"], "rule_book", broken)
    with capture_logs() as logs:
        outcome = screen("very private words")

    assert (outcome.tier, outcome.kind, outcome.rules) == ("HARD", "crisis", [CHECK_FAILED])
    assert logs[0]["event"] == "safety.screen.failed"
    assert "private" not in str(logs)


def test_wrong_types_are_hard_rather_than_an_error():
    assert screen(None).rules == [CHECK_FAILED]


def test_long_text_is_read_to_its_end():
    assert screen("how much is it? " * 3000 + "I want to die").tier == "HARD"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_screened_without_failing(text):
    outcome = screen(text)

    assert CHECK_FAILED not in outcome.rules
    assert outcome == screen(text)
