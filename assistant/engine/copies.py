"""Copies that Rasa makes many times a turn."""

from __future__ import annotations

import copy
from types import ModuleType
from typing import TypeVar

import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

Value = TypeVar("Value")
# Where nothing is copied but for a line at debug level, whether that is shown or not.
_COPYING_FOR_THE_LOG: tuple[ModuleType, ...] = (
    rasa.core.processor,
    rasa.core.policies.rule_policy,
)


class _NoCopies:
    """Stands in for the module `copy` where copies are made for the log alone."""

    @staticmethod
    def deepcopy(value: Value) -> Value:
        return value


def copy_less() -> None:
    """Copy slots and trackers as what they are, and nothing for a log that is not written.

    Each of the trackers of a turn copies all slots; `copy.copy` takes five times as long to find
    out how. Each of the turn's actions gets a copy of the tracker, for which Rasa replays all
    that happened; here it also has the ids, and the action to follow, of the tracker itself.
    """
    Slot.__copy__ = _twin
    DialogueStateTracker.copy = _copy_tracker
    for module in _COPYING_FOR_THE_LOG:
        vars(module)["copy"] = _NoCopies


def _copy_tracker(tracker: DialogueStateTracker) -> DialogueStateTracker:
    twin = _twin(tracker)
    twin.events = copy.copy(tracker.events)
    twin.slots = {name: _twin(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = copy.copy(tracker.active_loop)
    return twin


def _twin(of: Value) -> Value:
    twin: Value = object.__new__(type(of))
    vars(twin).update(vars(of))
    return twin
