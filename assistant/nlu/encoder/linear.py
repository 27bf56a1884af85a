"""The encoder's linear layers, in single precision or in 8 bits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.nlu.inference.graph import MICROSOFT, Graph, Shape

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
_SMOOTHING = 0.6
_LARGEST = 127


class Linear(Protocol):
    """Adds `x @ weights + bias` to a graph."""

    @property
    def shown(self) -> dict[str, Shape]:
        """Shapes of what the model gives out beside the embedding, by name."""

    def __call__(
        self,
        graph: Graph,
        x: str,
        weights: Matrix,
        bias: Vector,
        *,
        is_normed: bool = False,
        least: float = 0.0,
    ) -> str:
        """Return the name of the output.

        Args:
            graph: what it is added to.
            x: name of the input, (batch, tokens, n).
            weights: (n, m).
            bias: (m,).
            is_normed: whether `x` comes from a layer normalisation.
            least: if below zero, no number in `x` is smaller.
        """


class Floating:
    """In single precision; the inputs behind a layer normalisation can be given out."""

    def __init__(self, *, show_inputs: bool = False) -> None:
        """Create it; with `show_inputs` the inputs are outputs of the model, too."""
        self._show_inputs = show_inputs
        self.shown: dict[str, Shape] = {}

    def __call__(
        self,
        graph: Graph,
        x: str,
        weights: Matrix,
        bias: Vector,
        *,
        is_normed: bool = False,
        least: float = 0.0,
    ) -> str:
        """Add the layer."""
        if is_normed and self._show_inputs:
            self.shown[x] = ["batch", "tokens", len(weights)]
        return graph.op("Add", graph.op("MatMul", x, graph.constant(weights)), graph.constant(bias))


class EightBits:
    """In 8 bits: a scale for each token and for each column of the weights.

    Behind a layer normalisation a few channels are far larger than the others, and would leave
    these few of the 256 steps. As in SmoothQuant (Xiao et al. 2022, arXiv:2211.10438) what they
    are divided by, their weights are multiplied by. A token's scale is its own, so that a
    text has the same vector alone and in a batch.
    """

    def __init__(self, sizes: Iterable[Vector]) -> None:
        """Create it; `sizes` are the channels' usual sizes behind each layer normalisation."""
        self._sizes = iter(sizes)
        self.shown: dict[str, Shape] = {}

    def __call__(
        self,
        graph: Graph,
        x: str,
        weights: Matrix,
        bias: Vector,
        *,
        is_normed: bool = False,
        least: float = 0.0,
    ) -> str:
        """Add the layer."""
        if is_normed:
            divisor = _smoothing(next(self._sizes), weights)
            x = graph.op("Mul", x, graph.constant(1 / divisor))
            weights = weights * divisor[:, None]
        largest_weights = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny)
        scale = largest_weights / _LARGEST
        rounded = np.rint(weights / scale).astype(np.int8)
        if least:
            # Moved up, all numbers are positive: one bit more for each.
            x = graph.op("Add", x, graph.constant(np.float32(-least)))
            bias = bias + least * (rounded * scale).sum(axis=0)
        largest = x if least else graph.op("Abs", x)
        largest = graph.op("ReduceMax", largest, graph.constant(np.array([-1])), keepdims=1)
        step = graph.constant(np.float32(1 / 255 if least else 1 / _LARGEST))
        zero = graph.constant(np.uint8(0 if least else _LARGEST + 1))
        product = graph.op(
            "MatMulIntegerToFloat",
            graph.op("QuantizeLinear", graph.op("Div", x, largest), step, zero),
            graph.constant(rounded),
            step,
            graph.constant(scale),
            zero,
            # Named, so that ONNX Runtime may change both signs: see `session`.
            graph.constant(np.int8(0)),
            domain=MICROSOFT,
        )
        return graph.op("Add", graph.op("Mul", product, largest), graph.constant(bias))


def _smoothing(sizes: Vector, weights: Matrix) -> Vector:
    """What to divide channels of such sizes by, so that they and their weights are even."""
    divisor = sizes**_SMOOTHING / np.abs(weights).max(axis=1) ** (1 - _SMOOTHING)
    even: Vector = (divisor / np.exp(np.log(divisor).mean())).astype(np.float32)
    return even
