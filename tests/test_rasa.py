"""Rasa's command with a stand-in for TensorFlow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.rasa import needs_tensorflow
from assistant.settings import ROOT

pytestmark = pytest.mark.slow

_COMPONENTS = """
import sys
from assistant.rasa import without_tensorflow
without_tensorflow()
import rasa.engine.recipes.default_components
import rasa.core.run
import tensorflow
print(tensorflow.__class__.__module__, "jax" in sys.modules, "keras.engine" in sys.modules)
"""


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_all_of_rasa_is_imported_without_tensorflow() -> None:
    done = _python("-c", _COMPONENTS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["assistant.rasa", "False", "False"]


def test_it_takes_the_arguments_of_rasa() -> None:
    done = _python("-m", "assistant.rasa", "run", "--help")
    assert "usage: rasa run" in done.stdout, done.stderr


def test_an_unknown_command_is_refused() -> None:
    assert _python("-m", "assistant.rasa", "rum").returncode == 2


def test_a_pipeline_of_tensorflows_gets_tensorflow(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline: [{name: DIETClassifier}]")
    assert needs_tensorflow(config)
    assert not needs_tensorflow(ROOT / "config.yml")


def test_telemetry_is_off_whoever_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASA_TELEMETRY_ENABLED", raising=False)
    look = "import os, runpy, sys; sys.argv = ['rasa', '--version']\n"
    look += "try: runpy.run_module('assistant.rasa', run_name='__main__')\n"
    look += "finally: print(os.environ['RASA_TELEMETRY_ENABLED'])"
    assert _python("-c", look).stdout.split()[-1] == "false"
