"""What is not an error, but should not be forgotten: unset facts and unsigned notes."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.content.clinic import FACTS
from assistant.content.problems import ContentError, Problem
from assistant.content.validate.project import Project
from assistant.content.yaml_files import line_of, read_yaml


def check_facts(project: Project) -> Iterator[Problem]:
    """Warnings for the clinic's facts and the safety notes."""
    notes_path, clinic_path = project.files.notes, project.files.clinic
    unsigned = [name for name, note in project.notes.items() if not note.is_signed]
    unset = [name for name in FACTS if project.clinic and getattr(project.clinic, name) is None]
    try:
        notes = read_yaml(notes_path) if unsigned else {}
        clinic = read_yaml(clinic_path) if unset else {}
    except ContentError:  # reported where the files were first read
        return
    for name in unsigned:
        message = f"safety note {name} is not signed (reviewed_on, reviewed_by)"
        yield Problem(notes_path, line_of(notes, [name]), message, "warning")
    for name in unset:
        message = f"{name} is not set; visitors are told that it is not known"
        yield Problem(clinic_path, line_of(clinic, [name]), message, "warning")
