"""Finds mistakes in what the clinic's staff edit, by file and line."""

from __future__ import annotations

from pathlib import Path

from assistant.content.problems import Problem
from assistant.content.validate.crisis_rules import check_crisis_rules
from assistant.content.validate.examples import check_examples
from assistant.content.validate.facts import check_facts
from assistant.content.validate.project import Project
from assistant.content.validate.responses import check_responses
from assistant.content.validate.spanish import check_spanish


def validate(root: Path) -> list[Problem]:
    """All problems of the project under `root`, by file and line."""
    project = Project.read(root)
    found = [
        *project.problems,
        *check_responses(project),
        *check_examples(project),
        *check_facts(project),
        *check_crisis_rules(root),
        *check_spanish(project),
    ]
    return sorted(found, key=lambda problem: (problem.level, str(problem.path), problem.line))
