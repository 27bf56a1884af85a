"""Rasa's rules, found with less searching."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from cachetools import LRUCache
from rasa.core.policies.rule_policy import (
    RULES,
    RULES_FOR_LOOP_UNHAPPY_PATH,
    RULES_NOT_IN_STORIES,
    RulePolicy,
)
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

Found = tuple[str | None, str | None, bool]
Lookup = Mapping[str, str]
_TABLES = (RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RULES_NOT_IN_STORIES)
_REMEMBERED = 1000


def search_less(policy: RulePolicy) -> None:
    """Have `policy` look at what its rules ask for, and nothing else."""
    policy.featurizer._create_states = LatestStates(_longest(policy) + 1).of
    policy._get_possible_keys = KnownRules(policy).matching
    if not _has_rule_by_text(policy):
        policy._find_action_from_rules = _by_intent(policy)


class LatestStates:
    """The states with which a conversation ends.

    Rasa makes them of all that is in memory, and a copy of all slots for it. One more than the
    longest rule has is enough: what is longer than every rule can be no rule's source.
    """

    def __init__(self, count: int) -> None:
        """Create it; `count` is how many states are made."""
        self._count = count

    def of(self, tracker: DialogueStateTracker, domain: Domain, **_: Any) -> list[State]:
        """Return the last of `tracker.past_states(domain)`."""
        featured = [slot for slot in tracker.slots.values() if slot.has_features()]
        replayed = DialogueStateTracker(tracker.sender_id, featured)
        events = tracker.applied_events()
        actions = sum(isinstance(event, ActionExecuted) for event in events)
        states = []
        for event in events:
            if isinstance(event, ActionExecuted):
                if actions < self._count:
                    states.append(domain.get_active_state(replayed))
                actions -= 1
            if not isinstance(event, SlotSet) or event.key in replayed.slots:
                replayed.update(event)
        return [*states, domain.get_active_state(replayed)]


class KnownRules:
    """The rules that match some states, which are nearly always the same few states."""

    def __init__(self, policy: RulePolicy) -> None:
        """Create an empty memory of what `policy` finds."""
        self._find = policy._get_possible_keys
        self._found: LRUCache[tuple[Any, ...], set[str]] = LRUCache(_REMEMBERED)

    def matching(self, lookup: Lookup, states: list[State]) -> set[str]:
        """Return the keys of rules in `lookup`; what somebody wrote is not remembered."""
        if any(TEXT in state.get(USER, {}) for state in states):
            return set(self._find(lookup, states))
        known = (id(lookup), *map(DialogueStateTracker.freeze_current_state, states))
        if known not in self._found:
            self._found[known] = self._find(lookup, states)
        return self._found[known]


def _longest(policy: RulePolicy) -> int:
    """How many states the longest rule names."""
    tables = (policy.lookup.get(name, ()) for name in _TABLES)
    rules = (key for key in chain(*tables) if key.startswith("["))  # the others are Rasa's own
    return max((len(json.loads(rule)) for rule in rules), default=0)


def _has_rule_by_text(policy: RulePolicy) -> bool:
    tables = (policy.lookup.get(name, ()) for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH))
    return any(f'"{TEXT}"' in rule for rule in chain(*tables))


def _by_intent(policy: RulePolicy) -> Callable[..., Found]:
    """Spare the search by the message's text, which Rasa makes before that by its intent."""
    find = policy._find_action_from_rules

    def find_by_intent(
        tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Found:
        if use_text_for_last_user_input:
            return None, None, False
        found: Found = find(tracker, domain, use_text_for_last_user_input)
        return found

    return find_by_intent
