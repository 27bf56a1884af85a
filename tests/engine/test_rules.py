"""Rules are looked up by text only where a rule names one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES

from assistant.engine.rules import look_up_intents_only

BY_INTENT = '[{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}]'
BY_TEXT = '[{"prev_action": {"action_name": "action_listen"}, "user": {"text": "hello"}}]'


def policy(*rules: str) -> Any:
    asked: list[bool] = []

    def find(tracker: object, domain: object, use_text_for_last_user_input: bool) -> Any:
        asked.append(use_text_for_last_user_input)
        return ("utter_greet", "a rule", False)

    lookup = {RULES: dict.fromkeys(rules, "utter_greet")}
    return SimpleNamespace(lookup=lookup, _find_action_from_rules=find, asked=asked)


def predict(policy: Any) -> list[Any]:
    """As `RulePolicy` does, by keyword."""
    return [
        policy._find_action_from_rules("tracker", "domain", use_text_for_last_user_input=by_text)
        for by_text in (True, False)
    ]


def test_rules_on_intents_are_looked_up_once() -> None:
    rules = policy(BY_INTENT)
    look_up_intents_only(rules)
    assert predict(rules) == [(None, None, False), ("utter_greet", "a rule", False)]
    assert rules.asked == [False]


@pytest.mark.parametrize("rules", [(BY_TEXT,), (BY_INTENT, BY_TEXT)])
def test_a_rule_on_a_text_is_still_found(rules: tuple[str, ...]) -> None:
    stock = policy(*rules)
    look_up_intents_only(stock)
    assert predict(stock)[0] == ("utter_greet", "a rule", False)
