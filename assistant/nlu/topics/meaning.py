"""How near texts are in meaning, and what examples near to a text say about it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from assistant.nlu.inference.graph import MICROSOFT, Graph
from assistant.nlu.inference.session import session

Array = NDArray[np.float32]
_BITS, _BLOCK = 8, 64  # numbers that share a scale
_LARGEST = 127
_ACTIVATIONS_IN_8_BITS = 4
_TEXTS_AT_ONCE = 256


def kernel(left: Array, right: Array) -> Array:
    """Return exp(-|l - r|^2) for rows of length one; (m, d), (n, d) -> (m, n)."""
    cosines = left @ right.T
    cosines -= 1
    cosines *= 2
    near: Array = np.exp(cosines, out=cosines)
    return near


class Votes:
    """Examples that each vote for labels, the louder the nearer they are to a text.

    The examples' vectors are kept in 8 bits, 64 numbers a scale: a quarter of what has to be
    read from memory for each text, which is all that takes time. A cosine is off by 0.002 at
    most.
    """

    def __init__(self, vectors: Array, weights: Array) -> None:
        """Create it.

        Args:
            vectors: of the examples, (n, d), rows of length one.
            weights: votes of each example, (n, k).
        """
        self._load(_graph(vectors, weights))

    def scores(self, vectors: Array) -> Array:
        """Return `kernel(vectors, examples) @ weights`; (m, d) -> (m, k)."""
        starts = range(0, len(vectors) or 1, _TEXTS_AT_ONCE)
        parts = [vectors[start : start + _TEXTS_AT_ONCE] for start in starts]
        scores = [self._session.run(["scores"], {"vectors": part})[0] for part in parts]
        return np.concatenate(scores)

    def __getstate__(self) -> dict[str, Any]:
        """Keep the graph, from which a session is made again."""
        return {"model": self._model}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Make the session again."""
        self._load(state["model"])

    def _load(self, model: bytes) -> None:
        self._model = model
        self._session = session(model)


def _graph(vectors: Array, weights: Array) -> bytes:
    graph = Graph()
    rounded, scales = _in_blocks(vectors)
    cosines = graph.op(
        "MatMulNBits",
        "vectors",
        graph.constant(rounded),
        graph.constant(scales),
        domain=MICROSOFT,
        N=len(vectors),
        K=vectors.shape[1],
        bits=_BITS,
        block_size=_BLOCK,
        accuracy_level=_ACTIVATIONS_IN_8_BITS,
    )
    two, one = (graph.constant(np.float32(number)) for number in (2, 1))
    nearness = graph.op("Exp", graph.op("Mul", graph.op("Sub", cosines, one), two))
    graph.op("MatMul", nearness, graph.constant(weights), name="scores")
    model = graph.model(
        "votes",
        {"vectors": (TensorProto.FLOAT, ["texts", vectors.shape[1]])},
        {"scores": ["texts", weights.shape[1]]},
    )
    content: bytes = model.SerializeToString()
    return content


def _in_blocks(vectors: Array) -> tuple[NDArray[np.uint8], Array]:
    """Return numbers of 0 to 255, (n, blocks, 64), and a scale for each block, (n * blocks,)."""
    padded = np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % _BLOCK)))
    blocks = padded.reshape(len(vectors), -1, _BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2), np.finfo(np.float32).tiny) / _LARGEST
    rounded = np.rint(blocks / scales[:, :, None]) + _LARGEST + 1
    return rounded.astype(np.uint8), scales.astype(np.float32).ravel()
