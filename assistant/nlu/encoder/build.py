"""Builds the ONNX encoder from the packaged weights: `python -m assistant.nlu.encoder.build`."""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
from safetensors.numpy import load_file

from assistant.nlu.encoder.graph import build
from assistant.nlu.encoder.weights import DIGESTS, checked_file
from assistant.settings import settings


def is_current(target: Path) -> bool:
    """Tell whether `target` was built from the weights expected today."""
    note = target.with_suffix(".sha256")
    return target.exists() and note.exists() and note.read_text() == DIGESTS["model.safetensors"]


def build_file(target: Path) -> None:
    """Write the encoder to `target`, whole or not at all.

    Raises:
        WeightsChangedError: if the weights are not the published ones.
    """
    model = build(load_file(checked_file("model.safetensors")))
    checked_file("tokenizer.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    onnx.save(model, str(unfinished))
    unfinished.replace(target)
    target.with_suffix(".sha256").write_text(DIGESTS["model.safetensors"])


if __name__ == "__main__":
    encoder_file = settings().encoder_file
    if not is_current(encoder_file):
        sys.stdout.write("Building the sentence encoder from the packaged weights ...\n")
        build_file(encoder_file)
