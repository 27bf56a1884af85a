"""Checks of the examples in data/nlu.yml against each other, the answers and the questions."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.content.problems import ContentError, Problem
from assistant.content.validate.project import Project
from assistant.content.yaml_files import line_of, read_yaml
from assistant.responses.catalog import UTTER

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
# Labels whose reply is named otherwise; None: actions reply.
_REPLIES = {"medical_emergency": "utter_emergency", "privacy_request": None}
_RETRIEVAL = ("faq/", "clinic/")


@dataclass(frozen=True)
class Example:
    """A training example and where it stands."""

    label: str
    text: str
    line: int

    @property
    def key(self) -> str:
        """What makes two examples the same."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """A text without case, doubled spaces and entity marks."""
    return " ".join(_ENTITY.sub(r"\1", text).casefold().split())


def check_examples(project: Project) -> Iterator[Problem]:
    """Problems of data/nlu.yml."""
    path = project.root / "data" / "nlu.yml"
    try:
        examples = list(read_examples(path))
    except ContentError as error:
        yield from error.problems
        return
    yield from _duplicates(path, examples)
    yield from _in_evaluation(project.root, path, examples)
    yield from _missing_responses(project, path, examples)


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a training file, in order.

    Raises:
        ContentError: if it cannot be read or has no list `nlu`.
    """
    data = read_yaml(path)
    entries = data.get("nlu") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise ContentError([Problem(path, 1, "holds no list `nlu` of intents with examples")])
    for entry in entries:
        if not isinstance(entry, dict) or "intent" not in entry:
            continue
        # The lines of a block follow the line of its key.
        first = line_of(entry, ["examples"]) + 1
        for offset, line in enumerate(str(entry.get("examples") or "").splitlines()):
            if line.lstrip().startswith("- "):
                yield Example(str(entry["intent"]), line.lstrip()[2:].strip(), first + offset)


def _duplicates(path: Path, examples: list[Example]) -> Iterator[Problem]:
    first: dict[str, Example] = {}
    for example in examples:
        known = first.setdefault(example.key, example)
        if known is not example:
            message = f'"{example.text}" ({example.label}) stands on line {known.line} as well'
            yield Problem(path, example.line, f"{message} ({known.label})")


def _in_evaluation(root: Path, path: Path, examples: list[Example]) -> Iterator[Problem]:
    questions: dict[str, str] = {}
    for table in sorted((root / "evaluation").glob("*/*.tsv")):
        with table.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            for number, row in enumerate(rows, start=1):
                if row and number > 1:
                    questions[key_of(row[0])] = f"{table.relative_to(root)}:{number}"
    for example in examples:
        if place := questions.get(example.key):
            message = f'"{example.text}" is also an evaluation question ({place})'
            yield Problem(path, example.line, message)


def _missing_responses(project: Project, path: Path, examples: list[Example]) -> Iterator[Problem]:
    first: dict[str, Example] = {}
    for example in examples:
        first.setdefault(example.label, example)
    for label, example in first.items():
        response = _REPLIES.get(label, f"{UTTER}{label}")
        if response and response not in project.catalog.variations:
            message = f"label {label} has no response {response} in {project.files.domain.name}"
            yield Problem(path, example.line, message)
    for name in project.catalog.variations:
        label = name.removeprefix(UTTER)
        if label.startswith(_RETRIEVAL) and label not in first:
            message = f"{name} has no examples: data/nlu.yml has no intent {label}"
            yield Problem(project.files.domain, project.response_line(name), message)
