"""Checks of content/spanish.yml against the English texts."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.content.problems import ContentError, Problem
from assistant.content.spanish import SpanishResponse, load_spanish
from assistant.content.validate.metadata import QUESTION_BYTES, TITLE_CHARACTERS
from assistant.content.validate.project import Project
from assistant.content.yaml_files import line_of, read_yaml
from assistant.responses.catalog import PLACEHOLDER


def check_spanish(project: Project) -> Iterator[Problem]:
    """Problems of the Spanish wordings."""
    path = project.files.spanish
    try:
        spanish, lines = load_spanish(path), read_yaml(path)
    except ContentError as error:
        yield from error.problems
        return
    if spanish.reviewed_on is None or not spanish.reviewed_by:
        message = "no native speaker has reviewed the Spanish (reviewed_on, reviewed_by)"
        yield Problem(path, line_of(lines, ["reviewed_on"]), message, "warning")
    for name in sorted(set(project.notes) - set(spanish.notes)):
        message = f"safety note {name} has no Spanish and is said in English"
        yield Problem(path, line_of(lines, ["notes"]), message)
    for name, response in spanish.responses.items():
        line = line_of(lines, ["responses", name])
        for message in _response_problems(project, name, response):
            yield Problem(path, line, message)


def _response_problems(project: Project, name: str, response: SpanishResponse) -> Iterator[str]:
    english = project.catalog.variations.get(name)
    if english is None:
        yield f"{project.files.domain.name} has no response {name}"
        return
    known = {placeholder for wording in english for placeholder in wording.placeholders}
    used = {one for wording in response.wordings for one in PLACEHOLDER.findall(wording.text)}
    for placeholder in sorted(used - known):
        yield f"{name}: the English has no {{{placeholder}}}"
    if len(response.title or "") > TITLE_CHARACTERS:
        yield f'{name}: title "{response.title}" is longer than {TITLE_CHARACTERS} characters'
    if len((response.question or "").encode()) > QUESTION_BYTES:
        yield f"{name}: question is longer than {QUESTION_BYTES} bytes"
