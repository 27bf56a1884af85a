"""How near texts are in meaning, and what examples near to a text say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Examples:
    """Vectors and votes of examples.

    The vectors are kept in 8 bits, 64 numbers a scale: a quarter of what has to be read from
    memory for each text, which is all that takes time. A cosine is off by 0.002 at most.
    """

    rounded: NDArray[np.uint8]
    """(n, blocks, 64)."""
    scales: Array
    """(n, blocks)."""
    dimension: int
    weights: Array
    """Votes of each for each label, (n, k)."""

    @classmethod
    def of(cls, vectors: Array, weights: Array) -> Examples:
        """Round vectors, (n, d), rows of length one."""
        return cls(*_in_blocks(vectors), vectors.shape[1], weights)

    @classmethod
    def joined(cls, several: Sequence[Examples]) -> Examples:
        """Return all examples, each once, with the labels of all, one after the other."""
        rounded = np.concatenate([own.rounded for own in several])
        scales = np.concatenate([own.scales for own in several])
        # The first of those that are alike stands for all of them.
        firsts: dict[bytes, int] = {}
        pairs = enumerate(zip(rounded, scales, strict=True))
        alike = [firsts.setdefault(v.tobytes() + scale.tobytes(), n) for n, (v, scale) in pairs]
        chosen = np.fromiter(firsts.values(), dtype=np.int64)
        places = np.searchsorted(chosen, alike)
        weights = np.zeros((len(chosen), sum(own.labels for own in several)), dtype=np.float32)
        row, column = 0, 0
        for own in several:
            there = places[row : row + len(own.weights)]
            np.add.at(weights[:, column : column + own.labels], there, own.weights)
            row, column = row + len(own.weights), column + own.labels
        return cls(rounded[chosen], scales[chosen], several[0].dimension, weights)

    @property
    def labels(self) -> int:
        """How many labels are voted for."""
        return int(self.weights.shape[1])


class Votes:
    """Examples that each vote for labels, the louder the nearer they are to a text."""

    def __init__(self, examples: Examples) -> None:
        """Create it."""
        self.examples = examples
        self._session = session(_graph(examples))

    def scores(self, vectors: Array) -> Array:
        """Return `kernel(vectors, examples) @ weights`; (m, d) -> (m, k)."""
        starts = range(0, len(vectors) or 1, _TEXTS_AT_ONCE)
        parts = [vectors[start : start + _TEXTS_AT_ONCE] for start in starts]
        scores = [self._session.run(["scores"], {"vectors": part})[0] for part in parts]
        return np.concatenate(scores)

    def __reduce__(self) -> tuple[type[Votes], tuple[Examples]]:
        """Make the session again from the examples."""
        return Votes, (self.examples,)


def _graph(examples: Examples) -> bytes:
    graph = Graph()
    cosines = graph.op(
        "MatMulNBits",
        "vectors",
        graph.constant(examples.rounded),
        graph.constant(examples.scales.ravel()),
        domain=MICROSOFT,
        N=len(examples.weights),
        K=examples.dimension,
        bits=_BITS,
        block_size=_BLOCK,
        accuracy_level=_ACTIVATIONS_IN_8_BITS,
    )
    two, one = (graph.constant(np.float32(number)) for number in (2, 1))
    nearness = graph.op("Exp", graph.op("Mul", graph.op("Sub", cosines, one), two))
    graph.op("MatMul", nearness, graph.constant(examples.weights), name="scores")
    model = graph.model(
        "votes",
        {"vectors": (TensorProto.FLOAT, ["texts", examples.dimension])},
        {"scores": ["texts", examples.labels]},
    )
    content: bytes = model.SerializeToString()
    return content


def _in_blocks(vectors: Array) -> tuple[NDArray[np.uint8], Array]:
    """Return numbers of 0 to 255, (n, blocks, 64), and a scale for each block, (n, blocks)."""
    padded = np.pad(vectors, ((0, 0), (0, -vectors.shape[1] % _BLOCK)))
    blocks = padded.reshape(len(vectors), -1, _BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2), np.finfo(np.float32).tiny) / _LARGEST
    rounded = np.rint(blocks / scales[:, :, None]) + _LARGEST + 1
    return rounded.astype(np.uint8), scales.astype(np.float32)
