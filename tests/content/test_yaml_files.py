"""Reading YAML with lines, whichever parser reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.content.clinic import Clinic
from assistant.content.problems import ContentError
from assistant.content.yaml_files import line_of, parse, read_yaml

# The second is YAML that libyaml refuses: a bare colon and a bare question mark in brackets.
FOR_LIBYAML = 'hours:\n  monday:\n    - "9:00-17:00"\n  friday: ["What?"]\n'
FOR_RUAMEL = "hours:\n  monday:\n    - 9:00-17:00\n  friday: [What?]\n"


@pytest.mark.parametrize("text", [FOR_LIBYAML, FOR_RUAMEL])
def test_the_same_content_and_lines_from_both_parsers(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.yml"
    path.write_text(text)
    data = read_yaml(path)
    assert data == {"hours": {"monday": ["9:00-17:00"], "friday": ["What?"]}}
    assert line_of(data, ["hours", "monday", 0]) == 3
    assert line_of(data, ["hours", "friday", 0]) == 4
    assert line_of(data, ["hours", "sunday", 0]) == 1, "the deepest part that exists"


def test_a_date_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_text("reviewed_on: 2024-02-31\n")
    assert read_yaml(path) == {"reviewed_on": "2024-02-31"}


def test_a_key_that_stands_twice_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    path.write_text("a: 1\nb: 2\na: 3\n")
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    (problem,) = caught.value.problems
    assert problem.line == 3
    assert 'duplicate key "a"' in problem.message


@pytest.mark.parametrize("text", ["name: A\n[closed on monday]: x\n", "name: A\n{a: b}: x\n"])
def test_a_key_that_is_no_text_is_the_files_problem(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(text)
    with pytest.raises(ContentError):
        read_yaml(path)


def test_a_number_for_a_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text("name: A\n911: x\n")
    with pytest.raises(ContentError) as caught:
        parse(Clinic, path, read_yaml(path))
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert problem.message.startswith("911: ")
