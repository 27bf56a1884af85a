"""YAML files read with their line numbers, into pydantic models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode

from assistant.content.problems import ContentError, Problem

Model = TypeVar("Model", bound=BaseModel)


class _Constructor(RoundTripConstructor):
    """Leaves dates as text, so that one that does not exist is a field's problem, with its line."""

    def construct_date_text(self, node: ScalarNode) -> str:
        return str(self.construct_scalar(node))


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_date_text)


def read_yaml(path: Path) -> Any:
    """Read a file with line numbers kept (ruamel.yaml's round-trip types).

    Raises:
        ContentError: if the file is missing, not UTF-8 or not YAML.
    """
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        return yaml.load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError([Problem(path, line, error.problem or "not valid YAML")]) from error
    except (OSError, ValueError, YAMLError) as error:
        raise ContentError([Problem(path, 1, f"cannot be read: {error}")]) from error


def line_of(data: Any, place: Sequence[str | int]) -> int:
    """Line (from 1) of the deepest part of `place`, a path of keys and indexes, that exists."""
    line = 0
    for step in place:
        marks: Any = getattr(data, "lc", None)
        try:
            line = marks.key(step)[0] if isinstance(data, dict) else marks.item(step)[0]
            data = data[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line + 1


def parse(model: type[Model], path: Path, data: Any) -> Model:
    """Check `data`, read from `path` with `read_yaml`, against a model.

    Raises:
        ContentError: one problem for each field that does not fit.
    """
    if not isinstance(data, dict):
        raise ContentError([Problem(path, 1, "expected names with values, such as `name: ...`")])
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        problems = []
        for detail in error.errors():
            place = [step for step in detail["loc"] if step != "__root__"]
            name = ".".join(map(str, place))
            problems.append(Problem(path, line_of(data, place), f"{name}: {detail['msg']}"))
        raise ContentError(sorted(problems, key=lambda problem: problem.line)) from error
