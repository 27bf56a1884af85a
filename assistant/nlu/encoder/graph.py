"""The encoder's forward pass as an ONNX graph, built from the published weights.

BERT encoder (Devlin et al. 2019, arXiv:1810.04805) with six layers, mean
pooling over the tokens and length one, as sentence-transformers does
(Reimers and Gurevych 2019, arXiv:1908.10084); but 0.3 of the embedding is
that of the fourth layer, since a middle layer knows more of the words (mixed
layers: Huang et al. 2021, arXiv:2104.01767).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from assistant.nlu.encoder.linear import Floating, Linear
from assistant.nlu.inference.graph import MICROSOFT, Graph

LAYERS = 6
SHARES = {4: 0.3, 6: 0.7}
"""What each layer adds to the embedding."""
HEADS = 12
HIDDEN = 384
EPSILON = 1e-12
_LEAST_GELU = -0.17  # no smaller number comes out of a Gelu
Weights = Mapping[str, NDArray[np.float32]]


def build(weights: Weights, linear: Linear | None = None) -> onnx.ModelProto:
    """Build the encoder.

    Args:
        weights: tensors of the published checkpoint by name, float32.
        linear: what adds the linear layers; by default in single precision.

    Returns:
        A checked model: `input_ids` int64 and `attention_mask` int32, both
        (batch, tokens), to `embedding` float32 (batch, 384), rows of length one.
    """
    encoder = _Encoder(weights, linear or Floating())
    encoder.embedding()
    shape = ["batch", "tokens"]
    return encoder.graph.model(
        "all-MiniLM-L6-v2",
        {"input_ids": (TensorProto.INT64, shape), "attention_mask": (TensorProto.INT32, shape)},
        {"embedding": ["batch", HIDDEN], **encoder.linear.shown},
    )


class _Encoder:
    """Adds each part of the forward pass to the graph and returns the name of its output."""

    def __init__(self, weights: Weights, linear: Linear) -> None:
        self.graph = Graph()
        self.linear = linear
        self._weights = weights

    def embedding(self) -> str:
        x = self._words()
        pooled = []
        for number in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{number}")
            if share := SHARES.get(number + 1):
                mean = self._of_length_one(self._sum_over_tokens(x))
                pooled.append(self.graph.op("Mul", mean, self.graph.constant(np.float32(share))))
        return self._of_length_one(self.graph.op("Sum", *pooled), name="embedding")

    def _words(self) -> str:
        graph, weights = self.graph, self._weights
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
        return self._layer_norm(graph.op("Add", words, used), "embeddings.LayerNorm")

    def _layer(self, x: str, prefix: str) -> str:
        attended = self._attention(x, f"{prefix}.attention")
        x = self._layer_norm(
            self.graph.op("Add", attended, x), f"{prefix}.attention.output.LayerNorm"
        )
        hidden = self._dense(x, f"{prefix}.intermediate.dense", is_normed=True)
        hidden = self.graph.op("Gelu", hidden)
        out = self._dense(hidden, f"{prefix}.output.dense", least=_LEAST_GELU)
        return self._layer_norm(self.graph.op("Add", out, x), f"{prefix}.output.LayerNorm")

    def _attention(self, x: str, prefix: str) -> str:
        parts = [f"{prefix}.self.{name}" for name in ("query", "key", "value")]
        packed = np.concatenate([self._weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        projected = self.linear(self.graph, x, packed, bias, is_normed=True)
        context = self.graph.op(
            "MultiHeadAttention",
            *self.graph.split(projected, len(parts)),
            "",
            "attention_mask",
            domain=MICROSOFT,
            num_heads=HEADS,
        )
        return self._dense(context, f"{prefix}.output.dense")

    def _dense(self, x: str, prefix: str, **inputs: Any) -> str:
        weights, bias = self._weights[f"{prefix}.weight"].T, self._weights[f"{prefix}.bias"]
        return self.linear(self.graph, x, weights, bias, **inputs)

    def _layer_norm(self, x: str, prefix: str) -> str:
        scale = self.graph.constant(self._weights[f"{prefix}.weight"])
        bias = self.graph.constant(self._weights[f"{prefix}.bias"])
        return self.graph.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)

    def _sum_over_tokens(self, x: str) -> str:
        graph = self.graph
        mask = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
        last, tokens = (graph.constant(np.array([axis], dtype=np.int64)) for axis in (2, 1))
        masked = graph.op("Mul", x, graph.op("Unsqueeze", mask, last))
        return graph.op("ReduceSum", masked, tokens, keepdims=0)

    def _of_length_one(self, x: str, name: str | None = None) -> str:
        # That of a sum is that of the mean.
        return self.graph.op("LpNormalization", x, axis=-1, p=2, name=name)
