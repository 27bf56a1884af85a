"""Rasa's rules, looked up by the intent alone."""

from __future__ import annotations

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

Found = tuple[str | None, str | None, bool]


def look_up_intents_only(policy: RulePolicy) -> None:
    """Spare the search by the message's text, unless a rule names one.

    Rasa searches all rules twice after each message: by its text, then by its intent.
    """
    tables = (policy.lookup.get(name, {}) for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH))
    if any(f'"{TEXT}"' in rule for table in tables for rule in table):
        return
    find = policy._find_action_from_rules

    def find_by_intent(
        tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Found:
        if use_text_for_last_user_input:
            return None, None, False
        found: Found = find(tracker, domain, use_text_for_last_user_input)
        return found

    policy._find_action_from_rules = find_by_intent
