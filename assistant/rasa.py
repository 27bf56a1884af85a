"""Rasa's command without TensorFlow: `python -m assistant.rasa run`, `... train`, and so on.

Rasa imports TensorFlow at every start, whether a component uses it or not; none of this
project's does. Here a stand-in takes its place, which saves 400 MB and half of the start
(docs/performance.md). The command `rasa` does the same, only slower.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableSequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant.settings import ROOT

_REPLACED = frozenset({"tensorflow", "tensorflow_addons", "tensorflow_hub", "keras"})
_COMPONENTS_OF_TENSORFLOW = (
    "DIETClassifier",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "LanguageModelFeaturizer",
    "ConveRTFeaturizer",
)


class _Anything(type):
    """Makes classes that stand for any name: a base class, a decorator, a type, a function."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (), {})

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return _Anything(cls.__name__, (), {})

    def __len__(cls) -> int:
        return 0  # no graphics cards, for who counts them


class _StandIn(ModuleType):
    """A module in which every name is there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: MutableSequence[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (), {})


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in _REPLACED:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing has to run."""


def needs_tensorflow(config: Path) -> bool:
    """Tell whether a pipeline or policy in a configuration file computes with TensorFlow."""
    text = config.read_text(encoding="utf-8")
    return any(name in text for name in _COMPONENTS_OF_TENSORFLOW)


def without_tensorflow() -> None:
    """Let every later import of TensorFlow find the stand-in."""
    sys.meta_path.insert(0, _Finder())


def with_one_blas_thread() -> None:
    """Let NumPy compute on one thread: a message is too little work to share, and waiting burns.

    With two, a turn took 58 ms of processor time instead of 23, for 3 ms less on the clock.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def without_telemetry() -> None:
    """Tell Rasa's makers nothing, whoever starts the command."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")


if __name__ == "__main__":
    without_telemetry()
    if sys.argv[1:2] == ["run"]:
        with_one_blas_thread()
    if not needs_tensorflow(ROOT / "config.yml"):
        without_tensorflow()
    from rasa.__main__ import main

    main()
