"""What is no longer copied was copied for the log alone."""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest
from rasa.shared.core.slots import ListSlot, Slot, TextSlot

from assistant.engine import copies


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    modules = copies._COPYING_FOR_THE_LOG
    before = [vars(module)["copy"] for module in modules]
    yield
    for module, stock in zip(modules, before, strict=True):
        vars(module)["copy"] = stock
    if "__copy__" in vars(Slot):
        del Slot.__copy__


@pytest.mark.parametrize(
    "slot", [TextSlot("topic", [], "b"), ListSlot("private_words", [], ["Ann"])]
)
def test_a_slot_copied_is_another_slot_with_the_same_value(slot: Slot) -> None:
    copies.copy_less()
    twin = copy.copy(slot)
    assert type(twin) is type(slot)
    assert vars(twin) == vars(slot)
    twin.value = "changed"
    twin.reset()
    assert slot.value in ("b", ["Ann"])


@pytest.mark.parametrize("module", copies._COPYING_FOR_THE_LOG)
def test_rasa_copies_there_for_the_log_alone(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    logged = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for part in ast.walk(call)
    }
    used = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "copy" and isinstance(node.ctx, ast.Load)
    ]
    assert used
    assert [node.lineno for node in used if id(node) not in logged] == []
