"""A graph of components runs as with Rasa's own runner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from assistant.engine.runner import OrderedGraphRunner

RAN: list[str] = []


class Part(GraphComponent):  # type: ignore[misc]
    """Adds its own letter to what it is given."""

    def __init__(self, letter: str) -> None:
        self._letter = letter

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Part:
        return cls(config["letter"])

    def add(self, first: str, second: str = "") -> str:
        RAN.append(self._letter)
        if self._letter == "!":
            raise ValueError("broken")
        return f"({first}{second}{self._letter})"


class Last(Part):
    """Another class of component."""


def node(letter: str, **needs: str) -> SchemaNode:
    return SchemaNode(
        needs=needs,
        uses=Part,
        constructor_name="create",
        fn="add",
        config={"letter": letter},
        eager=True,
    )


# In an order in which nothing can run.
SCHEMA = GraphSchema(
    {
        "end": node("e", first="left", second="right"),
        "right": node("r", first="start"),
        "left": node("l", first="start", second="message"),
        "start": node("s", first="message"),
        "unneeded": node("u", first="start"),
        "broken": node("!", first="start"),
    }
)


@pytest.fixture(autouse=True)
def _nothing_ran() -> Iterator[None]:
    RAN.clear()
    yield


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def runners(storage: LocalModelStorage) -> list[Any]:
    classes = (DaskGraphRunner, OrderedGraphRunner)
    return [kind.create(SCHEMA, storage, ExecutionContext(SCHEMA)) for kind in classes]


def test_the_outputs_are_those_of_rasas_runner(runners: list[Any]) -> None:
    stock, own = (runner.run({"message": "m"}, targets=["end", "start"]) for runner in runners)
    assert own == stock == {"end": "(((ms)ml)((ms)r)e)", "start": "(ms)"}


def test_each_component_runs_once_and_only_if_it_is_needed(runners: list[Any]) -> None:
    runners[1].run({"message": "m"}, targets=["end"])
    assert sorted(RAN) == ["e", "l", "r", "s"]


def test_it_remembers_nothing_from_one_run_to_the_next(runners: list[Any]) -> None:
    runners[1].run({"message": "one"}, targets=["start"])
    assert runners[1].run({"message": "two"}, targets=["start"]) == {"start": "(twos)"}


def test_a_missing_input_is_an_error(runners: list[Any]) -> None:
    for runner in runners:
        with pytest.raises(GraphRunError, match="Missing input"):
            runner.run({}, targets=["start"])


def test_what_fails_in_a_component_is_told(runners: list[Any]) -> None:
    for runner in runners:
        with pytest.raises(GraphComponentException, match="broken"):
            runner.run({"message": "m"}, targets=["broken"])


def test_what_has_run_already_does_not_run_again(runners: list[Any]) -> None:
    done = runners[1].run({"message": "m"}, targets=["left", "right"])
    RAN.clear()
    end = runners[1].run({"message": "m", **done}, targets=["end"])
    assert end == {"end": "(((ms)ml)((ms)r)e)"}
    assert RAN == ["e"]


def test_components_are_found_by_their_class_with_what_they_need(
    storage: LocalModelStorage,
) -> None:
    schema = GraphSchema({"other": node("o", first="message"), "end": node("e", first="other")})
    schema.nodes["end"].uses = Last
    runner = OrderedGraphRunner.create(schema, storage, ExecutionContext(schema))
    (last,) = runner.components_of(Last)
    assert isinstance(last, Last)
    assert runner.needs_of(Last) == ["other"]
    assert len(runner.components_of(Part)) == 2
