"""The trained policies decide the same when turns are lightened."""

from __future__ import annotations

import pytest
from rasa.core.agent import Agent
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, Event, SlotSet

from assistant.engine.processor import LightProcessor
from tests.policies.trackers import in_form, says, tracker, utters

pytestmark = pytest.mark.model

SITUATIONS: dict[str, list[Event]] = {
    "at first": [],
    "after an answer": [*says("hi", "greet"), *utters("utter_greet")],
    "after many answers": [
        event
        for _ in range(8)
        for event in (*says("what is it", "faq"), *utters("utter_faq"), SlotSet("topic", "faq/x"))
    ],
    "in the form": [*says("a person please", "talk_to_person"), *in_form()],
    "when the form has refused": [
        *says("a person please", "talk_to_person"),
        *in_form(),
        ActionExecuted("contact_form"),
        *says("why", "affirm"),
        ActionExecutionRejected("contact_form"),
    ],
}


def rules(agent: Agent) -> RulePolicy:
    runner = LightProcessor.instead_of(agent.processor).graph_runner
    (policy,) = runner.components_of(RulePolicy)
    return policy


def predict(agent: Agent, before: list[Event], intent: str) -> PolicyPrediction:
    said = tracker(before, says("some words", intent))
    return rules(agent).predict_action_probabilities(said, agent.domain)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_rules_predict_the_same_for_every_intent(
    stock: Agent, light: Agent, situation: str
) -> None:
    before = SITUATIONS[situation]
    for intent in stock.domain.intents:
        one, other = predict(stock, before, intent), predict(light, before, intent)
        assert vars(one) == vars(other), intent


@pytest.mark.parametrize("situation", SITUATIONS)
def test_rules_end_the_turn_the_same(stock: Agent, light: Agent, situation: str) -> None:
    before = [*SITUATIONS[situation], *says("some words", "greet")]
    for action in stock.domain.action_names_or_texts:
        said = tracker(before, [ActionExecuted(action)])
        one, other = (
            rules(agent).predict_action_probabilities(said, agent.domain)
            for agent in (stock, light)
        )
        assert vars(one) == vars(other), action


def test_rules_are_looked_up_by_the_intent_alone(light: Agent) -> None:
    said = tracker(says("hi", "greet"))
    found = rules(light)._find_action_from_rules(
        said, light.domain, use_text_for_last_user_input=True
    )
    assert found == (None, None, False)
