"""Builds the ONNX encoder from the packaged weights: `python -m assistant.nlu.encoder.build`."""

from __future__ import annotations

import hashlib
import logging
import sys
from pathlib import Path

import onnx
import onnxruntime
from safetensors.numpy import load_file

from assistant.nlu.encoder import graph
from assistant.nlu.encoder.weights import DIGESTS, checked_file
from assistant.settings import settings

_BITS = 8
# Weights that share a scale. 64 would be a tenth faster and twice as far off.
_BLOCK = 32
_ACTIVATIONS_IN_8_BITS = 4


def is_current(target: Path) -> bool:
    """Tell whether `target` was built from the weights, and in the way, expected today."""
    note = _note(target)
    return target.exists() and note.exists() and note.read_text() == _recipe()


def build_file(target: Path) -> None:
    """Write the encoder to `target`, whole or not at all.

    Raises:
        WeightsChangedError: if the weights are not the published ones.
    """
    model = quantized(graph.build(load_file(checked_file("model.safetensors"))))
    checked_file("tokenizer.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    onnx.save(model, str(unfinished))
    unfinished.replace(target)
    _note(target).write_text(_recipe())


def quantized(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model with its matrices in 8 bits, each 32 weights with a scale of their own.

    As in LLM.int8 (Dettmers et al. 2022, arXiv:2208.07339) with blocks for its vectors: one
    scale for a whole matrix, the usual way, costs accuracy; this does not.
    """
    # Here, since it takes a quarter of a second, and a start seldom needs it.
    from onnxruntime.quantization.matmul_nbits_quantizer import (
        DefaultWeightOnlyQuantConfig,
        MatMulNBitsQuantizer,
    )

    config = DefaultWeightOnlyQuantConfig(
        bits=_BITS, block_size=_BLOCK, is_symmetric=True, accuracy_level=_ACTIVATIONS_IN_8_BITS
    )
    quantizer = MatMulNBitsQuantizer(model, algo_config=config)
    quantizer.process()
    result: onnx.ModelProto = quantizer.model.model
    return result


def _note(target: Path) -> Path:
    return target.with_suffix(".sha256")


def _recipe() -> str:
    own = b"".join(Path(file).read_bytes() for file in (__file__, graph.__file__))
    digest = hashlib.sha256(own + onnxruntime.__version__.encode()).hexdigest()
    return f"{DIGESTS['model.safetensors']} {digest}"


if __name__ == "__main__":
    logging.disable(logging.INFO)
    encoder_file = settings().encoder_file
    if not is_current(encoder_file):
        sys.stdout.write("Building the sentence encoder from the packaged weights ...\n")
        build_file(encoder_file)
