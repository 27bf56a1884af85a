"""Trains the model when what it learns from has changed: `python -m assistant.training`."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from ruamel.yaml import YAML

from assistant.settings import MODELS, ROOT, VAR

MODEL_NAME = "assistant"
_STAMP = VAR / "trained.json"
_LOG = VAR / "training.log"
_LOCK = VAR / "training.lock"
_SHOWN_LINES = 15
_LEARNED_FROM = (
    "config.yml",
    "data/*.yml",
    "uv.lock",
    "assistant/nlu/encoder/*.py",
    "assistant/nlu/inference/*.py",
    "assistant/nlu/memory.py",
    "assistant/nlu/topics/*.py",
    "assistant/nlu/topics/gloss.yml",
    "assistant/nlu/reading/spanish.py",
    "assistant/nlu/safety/danger.py",
    "content/crisis_rules/*.yml",
)


class TrainingError(Exception):
    """Rasa could not train; the message holds the end of what it said."""


def digest() -> str:
    """Return a digest of everything that training sees.

    Of the domain only the structure counts: an edited answer needs no training.
    """
    parts = hashlib.sha256()
    for pattern in _LEARNED_FROM:
        for file in sorted(ROOT.glob(pattern)):
            parts.update(file.read_bytes())
    parts.update(json.dumps(_domain_structure(), sort_keys=True, default=str).encode())
    return parts.hexdigest()


def _domain_structure() -> dict[str, object]:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    domain["responses"] = sorted(domain.get("responses", {}))
    return dict(domain)


def is_current() -> bool:
    """Tell whether the trained model fits today's data."""
    model = MODELS / f"{MODEL_NAME}.tar.gz"
    return (
        model.exists() and _STAMP.exists() and json.loads(_STAMP.read_text())["digest"] == digest()
    )


def train_if_needed(announce: Callable[[str], object] = lambda line: None) -> None:
    """Train unless the model fits today's data; of two that begin at once the second waits.

    Rasa's cache of training steps does not bear two at a time.

    Args:
        announce: told a line before and after a training.

    Raises:
        TrainingError: if Rasa refuses the data.
    """
    VAR.mkdir(exist_ok=True)
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_current():
            announce("Training the assistant (a minute or two) ...\n")
            _train()
            announce("Trained.\n")


def _train() -> None:
    """Train and replace the model; what Rasa says goes to `var/training.log`."""
    command = [
        sys.executable,
        "-m",
        "assistant.rasa",
        "train",
        "--quiet",
        "--fixed-model-name",
        MODEL_NAME,
        "--out",
        str(MODELS),
    ]
    # Taken first: what changes during the training has not been learnt.
    learnt = digest()
    _STAMP.unlink(missing_ok=True)
    with _LOG.open("w") as log:
        code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log).returncode  # noqa: S603
    if code:
        end = "\n".join(_LOG.read_text(encoding="utf-8").splitlines()[-_SHOWN_LINES:])
        raise TrainingError(f"{end}\nTraining failed with exit code {code}; all of it: {_LOG}")
    # Rasa's cache of training steps only grows, and a full training takes seconds.
    shutil.rmtree(ROOT / ".rasa", ignore_errors=True)
    _STAMP.write_text(json.dumps({"digest": learnt}))


if __name__ == "__main__":
    try:
        train_if_needed(partial(print, end="", flush=True))
    except TrainingError as error:
        sys.exit(str(error))
