"""The ONNX encoder does what the published model does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file
from scipy.special import erf, softmax
from tokenizers import Tokenizer

from assistant.nlu.encoder import graph, weights
from assistant.nlu.encoder.build import build_file, is_current
from assistant.nlu.encoder.encoder import EncoderMissingError, SentenceEncoder
from assistant.nlu.memory import Memory
from assistant.settings import ROOT
from evaluation.tables import read_table

pytestmark = pytest.mark.slow

Array = NDArray[np.float32]
TEXTS = [
    "side effects?",
    "My husband has tried everything for his anxiety. Would ketamine be legal for him?",
    "",
    "¿Cuánto cuesta? 😀",
]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    file = tmp_path_factory.mktemp("encoder") / "encoder.onnx"
    build_file(file)
    assert is_current(file)
    return SentenceEncoder(file)


@pytest.fixture(scope="module")
def expected() -> Array:
    return np.stack([forward(text) for text in TEXTS])


def test_the_graph_equals_a_forward_pass_in_numpy(expected: Array, tmp_path: Path) -> None:
    file = tmp_path / "unquantized.onnx"
    file.write_bytes(unquantized())
    # The words' table is in half precision.
    np.testing.assert_allclose(SentenceEncoder(file).encode(TEXTS), expected, atol=1e-4)


def test_eight_bits_point_where_the_published_weights_do(
    encoder: SentenceEncoder, expected: Array
) -> None:
    cosines = (encoder.encode(TEXTS) * expected).sum(axis=1)
    assert cosines.min() > 0.99, cosines


def test_over_many_questions_eight_bits_hardly_differ(
    encoder: SentenceEncoder, tmp_path: Path
) -> None:
    texts = questions(200)
    file = tmp_path / "unquantized.onnx"
    file.write_bytes(unquantized())
    cosines = (encoder.encode(texts) * SentenceEncoder(file).encode(texts)).sum(axis=1)
    assert cosines.mean() > 0.999, cosines.mean()
    assert cosines.min() > 0.99, cosines.min()


def test_what_was_built_in_another_way_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "encoder.onnx"
    build_file(file)
    monkeypatch.setattr(graph, "__file__", weights.__file__)
    assert not is_current(file)


def test_a_text_has_the_same_vector_alone_and_among_others(
    encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = questions(200)
    monkeypatch.setattr(encoder, "_recent", Memory(len(texts)))
    together = encoder.encode(texts)
    encoder._recent.hand_over()
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_near_questions_are_nearer_than_far_ones(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["is it safe", "are there any dangers", "what time do you open"])
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > far + 0.2


def test_a_very_long_text_is_cut(encoder: SentenceEncoder) -> None:
    assert encoder.encode(["anxiety " * 5000]).shape == (1, 384)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissingError, match="make encoder"):
        SentenceEncoder(tmp_path / "none.onnx")


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = tmp_path / "model.safetensors"
    forged.write_bytes(b"other weights")
    monkeypatch.setattr(weights, "packaged_file", lambda name: forged)
    with pytest.raises(weights.WeightsChangedError, match=r"model\.safetensors"):
        weights.checked_file("model.safetensors")


def questions(count: int) -> list[str]:
    rows = read_table(ROOT / "evaluation" / "questions" / "dev.tsv", ("text", "labels"))
    return [row[0] for row in rows[:count]]


def unquantized() -> bytes:
    model = graph.build(load_file(weights.packaged_file("model.safetensors")))
    content: bytes = model.SerializeToString()
    return content


def forward(text: str) -> Array:
    """all-MiniLM-L6-v2 (BERT, six layers) step by step, as its authors describe it.

    The result is 0.7 times their embedding and 0.3 times that of the fourth layer.
    """
    w = load_file(weights.packaged_file("model.safetensors"))
    tokenizer = Tokenizer.from_file(str(weights.packaged_file("tokenizer.json")))
    tokenizer.no_padding()
    ids = tokenizer.encode(text).ids
    x = w["embeddings.word_embeddings.weight"][ids]
    x = x + w["embeddings.position_embeddings.weight"][: len(ids)]
    x = layer_norm(x + w["embeddings.token_type_embeddings.weight"][0], w, "embeddings.LayerNorm")
    mixed = np.zeros(384)
    for number in range(6):
        layer = f"encoder.layer.{number}"
        attended = linear(
            attention(x, w, f"{layer}.attention.self"), w, f"{layer}.attention.output.dense"
        )
        x = layer_norm(x + attended, w, f"{layer}.attention.output.LayerNorm")
        hidden = linear(x, w, f"{layer}.intermediate.dense")
        hidden = hidden * (1 + erf(hidden / np.sqrt(2))) / 2
        x = layer_norm(
            x + linear(hidden, w, f"{layer}.output.dense"), w, f"{layer}.output.LayerNorm"
        )
        mean = x.mean(axis=0)
        mixed += {3: 0.3, 5: 0.7}.get(number, 0) * mean / np.linalg.norm(mean)
    embedding: Array = mixed / np.linalg.norm(mixed)
    return embedding


def linear(x: Array, w: Mapping[str, Array], name: str) -> Array:
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def layer_norm(x: Array, w: Mapping[str, Array], name: str) -> Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return scaled * w[f"{name}.weight"] + w[f"{name}.bias"]


def attention(x: Array, w: Mapping[str, Array], name: str) -> Array:
    def heads(part: str) -> Array:
        return linear(x, w, f"{name}.{part}").reshape(len(x), 12, 32).transpose(1, 0, 2)

    query, key, value = heads("query"), heads("key"), heads("value")
    chances = softmax(query @ key.transpose(0, 2, 1) / np.sqrt(32), axis=-1)
    return (chances @ value).transpose(1, 0, 2).reshape(len(x), 384)
