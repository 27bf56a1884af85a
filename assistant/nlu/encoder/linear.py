"""The encoder's linear layers, in single precision or in 8 bits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.nlu.inference.graph import MICROSOFT, Graph, Shape

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
_SMOOTHING = 0.7
_LARGEST = 127
_MIDDLE = 128  # stands for zero where numbers have both signs


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
    """In 8 bits, with a scale for each column of the weights.

    Numbers behind a layer normalisation are about as large in every text: their scale is fixed.
    But a few channels are far larger than the others, and would leave these few of the 256
    steps; as in SmoothQuant (Xiao et al. 2022, arXiv:2211.10438) what they are divided by, their
    weights are multiplied by. Elsewhere each token has a scale of its own. So a text has the
    same vector alone and among others.
    """

    def __init__(self, seen: Iterable[Matrix]) -> None:
        """Create it; `seen` are inputs, (tokens, n), behind each layer normalisation."""
        self._seen = iter(seen)
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
            return _with_fixed_scale(graph, x, weights, bias, next(self._seen))
        return _with_scales_of_tokens(graph, x, weights, bias, least)


def _with_fixed_scale(graph: Graph, x: str, weights: Matrix, bias: Vector, seen: Matrix) -> str:
    divisor = _smoothing(np.abs(seen).max(axis=0), weights)
    step = np.float32(np.abs(seen / divisor).max() / _LARGEST)
    x = graph.op("Mul", x, graph.constant(1 / (divisor * step)))
    rounded, scale = _rounded(weights * divisor[:, None])
    return _product(graph, x, np.float32(1), _MIDDLE, rounded, scale * step, bias)


def _with_scales_of_tokens(
    graph: Graph, x: str, weights: Matrix, bias: Vector, least: float
) -> str:
    rounded, scale = _rounded(weights)
    if least:
        # Moved up, all numbers are positive: one bit more for each.
        x = graph.op("Add", x, graph.constant(np.float32(-least)))
        bias = bias + least * (rounded * scale).sum(axis=0)
    largest = x if least else graph.op("Abs", x)
    largest = graph.op("ReduceMax", largest, graph.constant(np.array([-1])), keepdims=1)
    step, zero = (1 / 255, 0) if least else (1 / _LARGEST, _MIDDLE)
    x = graph.op("Div", x, largest)
    product = _product(graph, x, np.float32(step), zero, rounded, scale * np.float32(step))
    return graph.op("Add", graph.op("Mul", product, largest), graph.constant(bias))


def _product(
    graph: Graph,
    x: str,
    step: np.float32,
    zero: int,
    rounded: NDArray[np.int8],
    scale: Vector,
    *bias: Vector,
) -> str:
    """Round `x` to multiples of `step`, and multiply; `scale` is what a product of ones is."""
    zero_of_x = graph.constant(np.uint8(zero))
    return graph.op(
        "MatMulIntegerToFloat",
        graph.op("QuantizeLinear", x, graph.constant(step), zero_of_x),
        graph.constant(rounded),
        graph.constant(np.float32(1)),
        graph.constant(scale),
        zero_of_x,
        # Named, so that ONNX Runtime may change both signs: see `session`.
        graph.constant(np.int8(0)),
        *map(graph.constant, bias),
        domain=MICROSOFT,
    )


def _rounded(weights: Matrix) -> tuple[NDArray[np.int8], Vector]:
    """Return whole numbers, and for each column what one of them stands for."""
    largest = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny)
    scale = largest / _LARGEST
    return np.rint(weights / scale).astype(np.int8), scale


def _smoothing(sizes: Vector, weights: Matrix) -> Vector:
    """What to divide channels of such sizes by, so that they and their weights are even."""
    divisor = sizes**_SMOOTHING / np.abs(weights).max(axis=1) ** (1 - _SMOOTHING)
    even: Vector = (divisor / np.exp(np.log(divisor).mean())).astype(np.float32)
    return even
