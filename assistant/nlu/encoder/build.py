"""Builds the ONNX encoder from the packaged weights: `python -m assistant.nlu.encoder.build`."""

from __future__ import annotations

import hashlib
import logging
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file

import assistant.nlu.inference.graph
from assistant.nlu.encoder import graph, linear, packing
from assistant.nlu.encoder.weights import DIGESTS, checked_file
from assistant.nlu.inference.session import session
from assistant.settings import settings

_SENTENCES, _WORDS = 50, 10
_ORDINARY_WORDS = (2000, 29_000)  # their numbers; below stand signs and single letters
_SIGNS = (999, 1037)
_BEGIN, _END = 101, 102


def is_current(target: Path) -> bool:
    """Tell whether `target` was built from the weights, and in the way, expected today."""
    note = _note(target)
    return target.exists() and note.exists() and note.read_text() == _recipe()


def build_file(target: Path) -> None:
    """Write the encoder to `target`, whole or not at all.

    Raises:
        WeightsChangedError: if the weights are not the published ones.
    """
    model = in_eight_bits(load_file(checked_file("model.safetensors")))
    checked_file("tokenizer.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    onnx.save(model, str(unfinished))
    unfinished.replace(target)
    _note(target).write_text(_recipe())


def in_eight_bits(weights: graph.Weights) -> onnx.ModelProto:
    """Return the encoder with its linear layers in 8 bits."""
    return graph.build(weights, linear.EightBits(_seen(weights)))


def _seen(weights: graph.Weights) -> list[linear.Matrix]:
    """What comes out of the layer normalisations for words at random, with a sign at the end."""
    floating = linear.Floating(show_inputs=True)
    model = session(graph.build(weights, floating).SerializeToString())
    random = np.random.default_rng(0)
    words = random.integers(*_ORDINARY_WORDS, (_SENTENCES, _WORDS))
    signs = random.integers(*_SIGNS, _SENTENCES)
    texts = [[_BEGIN, *own, sign, _END] for own, sign in zip(words, signs, strict=True)]
    seen = [model.run([*floating.shown], packing.packed([text])) for text in texts]
    return [np.concatenate(parts, axis=1)[0] for parts in zip(*seen, strict=True)]


def _note(target: Path) -> Path:
    return target.with_suffix(".sha256")


def _recipe() -> str:
    modules = (sys.modules[__name__], graph, linear, packing, assistant.nlu.inference.graph)
    own = b"".join(Path(str(module.__file__)).read_bytes() for module in modules)
    versions = f"{onnxruntime.__version__} {np.__version__}".encode()
    return f"{DIGESTS['model.safetensors']} {hashlib.sha256(own + versions).hexdigest()}"


if __name__ == "__main__":
    logging.disable(logging.INFO)
    encoder_file = settings().encoder_file
    if not is_current(encoder_file):
        sys.stdout.write("Building the sentence encoder from the packaged weights ...\n")
        build_file(encoder_file)
