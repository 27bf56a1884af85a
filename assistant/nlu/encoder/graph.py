"""The encoder's forward pass as an ONNX graph, built from the published weights.

BERT encoder (Devlin et al. 2019, arXiv:1810.04805) with six layers, mean
pooling over the tokens and length one, as sentence-transformers does
(Reimers and Gurevych 2019, arXiv:1908.10084).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LAYERS = 6
HEADS = 12
HIDDEN = 384
EPSILON = 1e-12
Weights = Mapping[str, NDArray[np.float32]]


@dataclass
class _Graph:
    """Collects nodes and constants; `op` returns the name of the node's output."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, value: NDArray[Any]) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        output = f"{kind.lower()}_{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [output], domain=domain, **attributes)
        self.nodes.append(node)
        return output

    def split(self, x: str, parts: int) -> list[str]:
        outputs = [f"split_{len(self.nodes)}_{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [x], outputs, axis=-1, num_outputs=parts))
        return outputs

    def linear(self, x: str, weights: Weights, prefix: str) -> str:
        product = self.op("MatMul", x, self.constant(weights[f"{prefix}.weight"].T))
        return self.op("Add", product, self.constant(weights[f"{prefix}.bias"]))

    def layer_norm(self, x: str, weights: Weights, prefix: str) -> str:
        scale = self.constant(weights[f"{prefix}.weight"])
        bias = self.constant(weights[f"{prefix}.bias"])
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)


def _embeddings(graph: _Graph, weights: Weights) -> str:
    # Half precision halves the largest table, and is exact to four digits.
    table = weights["embeddings.word_embeddings.weight"].astype(np.float16)
    words = graph.op("Gather", graph.constant(table), "input_ids")
    words = graph.op("Cast", words, to=TensorProto.FLOAT)
    positions = weights["embeddings.position_embeddings.weight"]
    # Token type 0 everywhere: sentences are encoded one by one.
    positions = positions + weights["embeddings.token_type_embeddings.weight"][0]
    length = graph.op("Shape", "input_ids", start=1, end=2)
    zero = graph.constant(np.array([0], dtype=np.int64))
    used = graph.op("Slice", graph.constant(positions), zero, length, zero)
    return graph.layer_norm(graph.op("Add", words, used), weights, "embeddings.LayerNorm")


def _attention(graph: _Graph, x: str, weights: Weights, prefix: str) -> str:
    parts = [f"{prefix}.self.{name}" for name in ("query", "key", "value")]
    packed = np.concatenate([weights[f"{part}.weight"].T for part in parts], axis=1)
    bias = np.concatenate([weights[f"{part}.bias"] for part in parts])
    projected = graph.op("MatMul", x, graph.constant(packed))
    context = graph.op(
        "MultiHeadAttention",
        *graph.split(projected, len(parts)),
        graph.constant(bias),
        "attention_mask",
        domain="com.microsoft",
        num_heads=HEADS,
    )
    return graph.linear(context, weights, f"{prefix}.output.dense")


def _layer(graph: _Graph, x: str, weights: Weights, prefix: str) -> str:
    attended = _attention(graph, x, weights, f"{prefix}.attention")
    x = graph.layer_norm(
        graph.op("Add", attended, x), weights, f"{prefix}.attention.output.LayerNorm"
    )
    hidden = graph.op("Gelu", graph.linear(x, weights, f"{prefix}.intermediate.dense"))
    out = graph.linear(hidden, weights, f"{prefix}.output.dense")
    return graph.layer_norm(graph.op("Add", out, x), weights, f"{prefix}.output.LayerNorm")


def _mean_pooling(graph: _Graph, x: str) -> str:
    mask = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    last, tokens = (graph.constant(np.array([axis], dtype=np.int64)) for axis in (2, 1))
    masked = graph.op("Mul", x, graph.op("Unsqueeze", mask, last))
    total = graph.op("ReduceSum", masked, tokens, keepdims=0)
    # The mean's divisor cancels out when the length is set to one.
    return graph.op("LpNormalization", total, axis=-1, p=2)


def build(weights: Weights) -> onnx.ModelProto:
    """Build the encoder.

    Args:
        weights: tensors of the published checkpoint by name, float32.

    Returns:
        A checked model: `input_ids` int64 and `attention_mask` int32, both
        (batch, tokens), to `embedding` float32 (batch, 384), rows of length one.
    """
    graph = _Graph()
    x = _embeddings(graph, weights)
    for layer in range(LAYERS):
        x = _layer(graph, x, weights, f"encoder.layer.{layer}")
    graph.op("Identity", _mean_pooling(graph, x))
    graph.nodes[-1].output[0] = "embedding"
    shape = ["batch", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT32, shape),
            ],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", HIDDEN])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
    )
    onnx.checker.check_model(model)
    return model
