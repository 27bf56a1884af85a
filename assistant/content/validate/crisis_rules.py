"""Checks of the crisis rules."""

from __future__ import annotations

from pathlib import Path

from assistant.content.problems import Problem
from assistant.nlu.safety.rules import RulesError, load

DIRECTORY = Path("content/crisis_rules")


def check_crisis_rules(root: Path) -> list[Problem]:
    """Report rules that cannot be used: the assistant would not start with them."""
    try:
        load(root / DIRECTORY)
    except RulesError as error:
        return [Problem(root / DIRECTORY, 1, str(error))]
    return []
