"""Every example in content/crisis_rules is a test."""

import pytest

from assistant.nlu.safety import screen
from assistant.nlu.safety.matching import rule_book
from assistant.nlu.safety.rules import load_rules

RULES = load_rules().rules
POSITIVE = [(rule, text) for rule in RULES for text in rule.positive]
NEGATIVE = [(rule, text) for rule in RULES for text in rule.negative]


def _ids(cases):
    return [f"{rule.id}: {text}" for rule, text in cases]


@pytest.mark.parametrize(("rule", "text"), POSITIVE, ids=_ids(POSITIVE))
def test_rule_hits_its_example(rule, text):
    outcome = screen(text)

    assert rule.id in outcome.rules
    assert outcome.tier == "HARD" or rule.tier == "SOFT"
    assert outcome.language == rule.language


@pytest.mark.parametrize(("rule", "text"), NEGATIVE, ids=_ids(NEGATIVE))
def test_rule_spares_its_look_alike(rule, text):
    assert rule.id not in screen(text).rules


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_has_enough_examples(rule):
    assert len(rule.positive) >= 6
    assert len(rule.negative) >= 3


def test_rules_are_compiled_once():
    assert rule_book() is rule_book()
