"""What is no longer copied was copied for the log alone."""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    SlotSet,
)
from rasa.shared.core.slots import ListSlot, Slot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.engine import copies
from tests.policies.trackers import in_form, says, tracker, utters

REPLAYING = DialogueStateTracker.copy
CARRIED_OVER = ("model_id", "assistant_id", "followup_action")
TALK = [
    *says("hi", "greet"),
    *utters("utter_greet"),
    *says("a person please", "talk_to_person"),
    *in_form(),
    ActionExecutionRejected("contact_form"),
    SlotSet("private_words", ["Ann"]),
]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    modules = copies._COPYING_FOR_THE_LOG
    before = [vars(module)["copy"] for module in modules]
    yield
    for module, stock in zip(modules, before, strict=True):
        vars(module)["copy"] = stock
    if "__copy__" in vars(Slot):
        del Slot.__copy__
    DialogueStateTracker.copy = REPLAYING


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


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    slots = {name: vars(slot) for name, slot in tracker.slots.items()}
    own = {**vars(tracker), "slots": slots, "active_loop": vars(tracker.active_loop)}
    return {name: value for name, value in own.items() if name not in CARRIED_OVER}


def test_a_tracker_copied_is_what_rasa_replays() -> None:
    talk = tracker(TALK)
    talk.model_id = "a model"
    replayed = REPLAYING(talk)
    copies.copy_less()
    assert talk.is_active_loop_rejected
    assert state(talk.copy()) == state(replayed)


def test_what_happens_to_the_copy_does_not_happen_to_the_tracker() -> None:
    talk = tracker(TALK)
    before = copy.deepcopy(state(talk))
    copies.copy_less()
    twin = talk.copy()
    twin.update_with_events(
        [ActionExecuted("contact_form"), SlotSet("private_words", ["Bob"]), *says("x")], None
    )
    twin.active_loop.is_interrupted = True
    twin.update(ActiveLoop(None))
    assert twin.slots["private_words"].value == ["Bob"]
    assert state(talk) == before


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
