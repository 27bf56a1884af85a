"""YAML files read with their line numbers, into pydantic models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from assistant.content.problems import ContentError, Problem

Model = TypeVar("Model", bound=BaseModel)


class _Mapping(dict[Any, Any]):
    """Knows the line of each key, from 0."""

    lines: dict[Any, int]


class _Sequence(list[Any]):
    """Knows the line of each item, from 0."""

    lines: list[int]


class _Constructor(SafeConstructor):
    """Keeps lines, which ruamel's own round-trip types do at a tenth of the speed.

    Dates stay text, so that one that does not exist is a field's problem, with its line.
    """

    def construct_yaml_map(self, node: MappingNode) -> Iterator[_Mapping]:
        mapping = _Mapping()
        yield mapping
        mapping.update(self.construct_mapping(node))
        keys = [key for key, _ in node.value]
        mapping.lines = {self.construct_object(key, deep=True): _line(key) for key in keys}

    def construct_yaml_seq(self, node: SequenceNode) -> Iterator[_Sequence]:
        sequence = _Sequence()
        yield sequence
        sequence.extend(self.construct_sequence(node))
        sequence.lines = [_line(item) for item in node.value]

    def construct_date_text(self, node: ScalarNode) -> str:
        return str(self.construct_scalar(node))


_Constructor.add_constructor("tag:yaml.org,2002:map", _Constructor.construct_yaml_map)
_Constructor.add_constructor("tag:yaml.org,2002:seq", _Constructor.construct_yaml_seq)
_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_date_text)


def _line(node: ScalarNode | MappingNode | SequenceNode) -> int:
    return int(node.start_mark.line)


def read_yaml(path: Path) -> Any:
    """Read a file with line numbers kept, for `line_of`.

    Raises:
        ContentError: if the file is missing, not UTF-8 or not YAML.
    """
    try:
        return _load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError([Problem(path, line, error.problem or "not valid YAML")]) from error
    # TypeError: a list for a key, as in `[closed on monday]: x`.
    except (OSError, ValueError, TypeError, YAMLError) as error:
        raise ContentError([Problem(path, 1, f"cannot be read: {error}")]) from error


def _load(text: str) -> Any:
    try:
        return _yaml(pure=False).load(text)
    except YAMLError:
        # libyaml is fifty times as fast, but refuses a bare [9:00-17:00] and [What is it?].
        return _yaml(pure=True).load(text)


def _yaml(*, pure: bool) -> YAML:
    yaml = YAML(typ="safe", pure=pure)
    yaml.Constructor = _Constructor
    return yaml


def line_of(data: Any, place: Sequence[str | int]) -> int:
    """Line (from 1) of the deepest part of `place`, a path of keys and indexes, that exists."""
    line = 0
    for step in place:
        try:
            line = data.lines[step]
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
    odd = [key for key in data if not isinstance(key, str)]
    if odd:
        problems = [Problem(path, line_of(data, [key]), f"{key}: expected a name") for key in odd]
        raise ContentError(problems)
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        problems = []
        for detail in error.errors():
            place = [step for step in detail["loc"] if step != "__root__"]
            name = ".".join(map(str, place))
            problems.append(Problem(path, line_of(data, place), f"{name}: {detail['msg']}"))
        raise ContentError(sorted(problems, key=lambda problem: problem.line)) from error
