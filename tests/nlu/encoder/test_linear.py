"""Linear layers in 8 bits, on the kinds of numbers that are hard to round."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, numpy_helper

from assistant.nlu.encoder.linear import EightBits, Floating, Linear
from assistant.nlu.inference.graph import Graph
from assistant.nlu.inference.session import session

Array = NDArray[np.float32]
RANDOM = np.random.default_rng(0)
WEIGHTS = RANDOM.normal(size=(64, 32)).astype(np.float32)
BIAS = RANDOM.normal(size=32).astype(np.float32)


def compute(linear: Linear, x: Array, *, is_normed: bool = False, least: float = 0.0) -> Array:
    graph = Graph()
    out = linear(graph, "x", WEIGHTS, BIAS, is_normed=is_normed, least=least)
    shape = ["batch", "tokens", 64]
    model = graph.model("linear", {"x": (TensorProto.FLOAT, shape)}, {out: [*shape[:2], 32]})
    result: Array = session(model.SerializeToString()).run(None, {"x": x})[0]
    return result


def error(actual: Array, expected: Array) -> float:
    return float(np.linalg.norm(actual - expected) / np.linalg.norm(expected))


def tokens(count: int = 40) -> Array:
    return np.random.default_rng(1).normal(size=(1, count, 64)).astype(np.float32)


def test_single_precision_is_the_plain_product() -> None:
    x = tokens()
    np.testing.assert_allclose(compute(Floating(), x), x @ WEIGHTS + BIAS, atol=1e-4)


def test_eight_bits_are_near_it() -> None:
    x = tokens()
    assert error(compute(EightBits([]), x), x @ WEIGHTS + BIAS) < 0.01


def test_a_large_token_does_not_coarsen_the_small_ones() -> None:
    x = tokens()
    x[0, 0] *= 1000
    small = compute(EightBits([]), x)[0, 1:]
    assert error(small, (x @ WEIGHTS + BIAS)[0, 1:]) < 0.01


def test_smoothing_saves_what_a_large_channel_would_cost() -> None:
    x = tokens()
    x[:, :, 5] *= 100
    expected = x @ WEIGHTS + BIAS
    rough = error(compute(EightBits([]), x), expected)
    smooth = error(compute(EightBits([x[0]]), x, is_normed=True), expected)
    assert smooth < rough / 2


def test_numbers_with_a_floor_get_one_bit_more() -> None:
    x = np.maximum(tokens(), -0.17)
    expected = x @ WEIGHTS + BIAS
    plain = error(compute(EightBits([]), x), expected)
    moved = error(compute(EightBits([]), x, least=-0.17), expected)
    assert moved < 0.75 * plain


def test_numbers_as_large_as_those_seen_are_near_it_with_a_fixed_scale() -> None:
    x = tokens()
    seen = np.random.default_rng(2).normal(size=(500, 64)).astype(np.float32)
    assert error(compute(EightBits([seen]), x, is_normed=True), x @ WEIGHTS + BIAS) < 0.015


@pytest.mark.parametrize(
    "kind", [{}, {"least": -0.17}, {"is_normed": True}], ids=["plain", "floor", "normed"]
)
def test_a_token_has_the_same_output_whatever_stands_beside_it(kind: dict[str, Any]) -> None:
    x = np.maximum(tokens(), -0.17) if "least" in kind else tokens()
    together = compute(EightBits([x[0]]), x, **kind)
    alone = compute(EightBits([x[0]]), x[:, 7:8], **kind)
    np.testing.assert_allclose(together[:, 7:8], alone, atol=1e-5)


def test_each_layer_names_its_own_zero_of_the_weights() -> None:
    """Without it ONNX Runtime ends the process on processors without VNNI."""
    graph = Graph()
    out = "x"
    for _ in range(2):
        out = EightBits([])(graph, out, WEIGHTS[:, :32].T @ WEIGHTS, BIAS)
    shape = ["batch", "tokens", 32]
    model = graph.model("two layers", {"x": (TensorProto.FLOAT, shape)}, {out: shape})
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    zeros = [n.input[5] for n in model.graph.node if n.op_type == "MatMulIntegerToFloat"]
    assert [constants[zero].dtype for zero in zeros] == [np.int8, np.int8]
    assert len(set(zeros)) == 2
