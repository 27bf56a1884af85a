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
        A checked model, from the tokens of several texts, one after the other, to `embedding`
        float32 (texts, 384), rows of length one. Its inputs are `input_ids` and `positions`
        (each token's within its text), both int64 (tokens); `apart` float32 (tokens, tokens), 0
        within a text and very negative between two; `texts` float32 (texts, tokens), 1 where a
        token belongs to a text, else 0.
    """
    encoder = _Encoder(weights, linear or Floating())
    encoder.embedding()
    return encoder.graph.model(
        "all-MiniLM-L6-v2",
        {
            "input_ids": (TensorProto.INT64, ["tokens"]),
            "positions": (TensorProto.INT64, ["tokens"]),
            "apart": (TensorProto.FLOAT, ["tokens", "tokens"]),
            "texts": (TensorProto.FLOAT, ["texts", "tokens"]),
        },
        {"embedding": ["texts", HIDDEN], **encoder.linear.shown},
    )


class _Encoder:
    """Adds each part of the forward pass to the graph and returns the name of its output."""

    def __init__(self, weights: Weights, linear: Linear) -> None:
        self.graph = Graph()
        self.linear = linear
        self._weights = weights

    def embedding(self) -> str:
        x = self._words()
        self._apart = self._in_a_batch("apart", 2)
        pooled = []
        for number in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{number}")
            if share := SHARES.get(number + 1):
                # At length one the sum over a text's tokens is their mean.
                mean = self._of_length_one(self.graph.op("MatMul", "texts", self._alone(x)))
                pooled.append(self.graph.op("Mul", mean, self.graph.constant(np.float32(share))))
        return self._of_length_one(self.graph.op("Sum", *pooled), name="embedding")

    def _words(self) -> str:
        graph, weights = self.graph, self._weights
        # Half precision halves the largest table, and is exact to four digits.
        table = weights["embeddings.word_embeddings.weight"].astype(np.float16)
        words = graph.op("Gather", graph.constant(table), "input_ids")
        words = graph.op("Cast", words, to=TensorProto.FLOAT)
        # Token type 0 everywhere: no text is the second of a pair.
        positions = weights["embeddings.position_embeddings.weight"]
        positions = positions + weights["embeddings.token_type_embeddings.weight"][0]
        places = graph.op("Gather", graph.constant(positions), "positions")
        x = graph.op("Add", words, places)
        norm = self._norm("embeddings.LayerNorm")
        x = graph.op("LayerNormalization", x, *norm, axis=-1, epsilon=EPSILON)
        return self._in_a_batch(x, 1)

    def _layer(self, x: str, prefix: str) -> str:
        attended = self._attention(x, f"{prefix}.attention")
        x = self._added(x, attended, f"{prefix}.attention.output.LayerNorm")
        hidden = self._dense(x, f"{prefix}.intermediate.dense", is_normed=True)
        hidden = self.graph.op("Gelu", hidden)
        out = self._dense(hidden, f"{prefix}.output.dense", least=_LEAST_GELU)
        return self._added(x, out, f"{prefix}.output.LayerNorm")

    def _attention(self, x: str, prefix: str) -> str:
        parts = [f"{prefix}.self.{name}" for name in ("query", "key", "value")]
        packed = np.concatenate([self._weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        projected = self.linear(self.graph, x, packed, bias, is_normed=True)
        context = self.graph.op(
            "MultiHeadAttention",
            *self.graph.split(projected, len(parts)),
            "",
            "",
            self._apart,
            domain=MICROSOFT,
            num_heads=HEADS,
        )
        return self._dense(context, f"{prefix}.output.dense")

    def _dense(self, x: str, prefix: str, **inputs: Any) -> str:
        weights, bias = self._weights[f"{prefix}.weight"].T, self._weights[f"{prefix}.bias"]
        return self.linear(self.graph, x, weights, bias, **inputs)

    def _added(self, x: str, change: str, prefix: str) -> str:
        """Return `x + change`, normed, in one step."""
        return self.graph.op(
            "SkipLayerNormalization",
            x,
            change,
            *self._norm(prefix),
            domain=MICROSOFT,
            epsilon=EPSILON,
        )

    def _norm(self, prefix: str) -> list[str]:
        parts = (self._weights[f"{prefix}.{name}"] for name in ("weight", "bias"))
        return [self.graph.constant(part) for part in parts]

    def _in_a_batch(self, x: str, axes: int) -> str:
        """Put axes of length one before those of `x`."""
        return self.graph.op("Unsqueeze", x, self.graph.constant(np.arange(axes)))

    def _alone(self, x: str) -> str:
        return self.graph.op("Squeeze", x, self.graph.constant(np.array([0])))

    def _of_length_one(self, x: str, name: str | None = None) -> str:
        return self.graph.op("LpNormalization", x, axis=-1, p=2, name=name)
