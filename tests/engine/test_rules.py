"""Rules are searched for what they ask for, and found as Rasa finds them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.slots import BooleanSlot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine.rules import KnownRules, LatestStates, search_less
from tests.policies.trackers import says, utters

BY_INTENT = '[{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}]'
BY_TEXT = '[{"prev_action": {"action_name": "action_listen"}, "user": {"text": "hello"}}]'
TALK: list[Event] = [
    *says("hi", "greet"),
    *utters("utter_greet"),
    SlotSet("name", "Ann"),
    *says("a person please", "talk_to_person"),
    SlotSet("is_member", True),
    ActiveLoop("contact_form"),
    *utters("utter_ask_name"),
    *says("ann", "affirm"),
]


class Policy(SimpleNamespace):
    """As much of Rasa's policy as is searched."""

    def __init__(self, *rules: str) -> None:
        super().__init__(featurizer=SimpleNamespace(), lookup={RULES: dict.fromkeys(rules)})
        self.asked: list[bool] = []
        self.searched: list[list[State]] = []

    def _find_action_from_rules(
        self, tracker: object, domain: object, use_text_for_last_user_input: bool
    ) -> Any:
        self.asked.append(use_text_for_last_user_input)
        return ("utter_greet", "a rule", False)

    def _get_possible_keys(self, lookup: Any, states: list[State]) -> set[str]:
        self.searched.append(states)
        return {f"found {len(self.searched)}"}


def predict(policy: Policy) -> list[Any]:
    """As `RulePolicy` does, by keyword."""
    return [
        policy._find_action_from_rules("tracker", "domain", use_text_for_last_user_input=by_text)
        for by_text in (True, False)
    ]


def test_rules_on_intents_are_looked_up_once() -> None:
    policy = Policy(BY_INTENT)
    search_less(policy)
    assert predict(policy) == [(None, None, False), ("utter_greet", "a rule", False)]
    assert policy.asked == [False]


@pytest.mark.parametrize("rules", [(BY_TEXT,), (BY_INTENT, BY_TEXT)])
def test_a_rule_on_a_text_is_still_found(rules: tuple[str, ...]) -> None:
    policy = Policy(*rules)
    search_less(policy)
    assert predict(policy)[0] == ("utter_greet", "a rule", False)


def test_rules_for_states_seen_before_are_not_searched_again() -> None:
    policy = Policy(BY_INTENT)
    known = KnownRules(policy)
    table: dict[str, str] = {}
    first, again, other = (
        known.matching(table, [{"user": {"intent": intent}}]) for intent in ("a", "a", "b")
    )
    elsewhere = known.matching({"another": "table"}, [{"user": {"intent": "a"}}])
    assert (first, again, other, elsewhere) == ({"found 1"}, {"found 1"}, {"found 2"}, {"found 3"})


def test_what_somebody_wrote_is_not_remembered() -> None:
    known = KnownRules(Policy(BY_TEXT))
    states: list[State] = [{"user": {"text": "my name is Ann"}}]
    assert known.matching({}, states) == {"found 1"}
    assert known.matching({}, states) == {"found 2"}


@pytest.mark.parametrize("count", range(1, 8))
def test_the_latest_states_are_the_last_of_all(count: int) -> None:
    slots = [TextSlot("name", [{}], influence_conversation=False), BooleanSlot("is_member", [{}])]
    tracker = DialogueStateTracker.from_events("ana", TALK, slots)
    domain = Domain.empty()
    everything = tracker.past_states(domain)
    assert len(everything) == 6
    assert LatestStates(count).of(tracker, domain) == everything[-count:]
    assert "is_member" in everything[-1]["slots"]
