"""Copies that Rasa makes many times a turn."""

from __future__ import annotations

from types import ModuleType
from typing import Any, TypeVar

import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.shared.core.slots import Slot

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
    """Copy slots as what they are, and nothing for a log that is not written.

    Each of the seven trackers of a turn copies all slots; `copy.copy` takes five times as long
    to find out how.
    """
    Slot.__copy__ = _copy_slot
    for module in _COPYING_FOR_THE_LOG:
        vars(module)["copy"] = _NoCopies


def _copy_slot(slot: Slot) -> Slot:
    twin: Any = object.__new__(type(slot))
    vars(twin).update(vars(slot))
    return twin
