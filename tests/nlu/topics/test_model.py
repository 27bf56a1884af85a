"""The topic model on a toy language, with an encoder that counts letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.topics.model import TopicModel

EXAMPLES = {
    "cost": ["how much", "what is the price", "is it expensive", "prices please", "what do I pay"],
    "hours": ["when are you open", "opening hours", "what time do you close", "open on sunday"],
    "safety": ["is it safe", "any danger", "is it dangerous", "how safe is it", "safe or not"],
}


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    letters = [[text.count(chr(97 + i)) + 0.1 for i in range(26)] for text in texts]
    vectors = np.array(letters, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def model() -> TopicModel:
    texts = [text for group in EXAMPLES.values() for text in group]
    labels = [label for label, group in EXAMPLES.items() for _ in group]
    return TopicModel().fit(texts, labels, encode)


@pytest.mark.parametrize(
    ("text", "label"),
    [("the price?", "cost"), ("r u open", "hours"), ("is this safe", "safety"), ("pirces", "cost")],
)
def test_it_generalises(model: TopicModel, text: str, label: str) -> None:
    row = model.probabilities([text], encode)[0]
    assert model.labels[int(row.argmax())] == label


def test_probabilities_add_up(model: TopicModel) -> None:
    rows = model.probabilities(["how much", "zzz", ""], encode)
    assert rows.shape == (3, 3)
    np.testing.assert_allclose(rows.sum(axis=1), 1)


def test_it_is_surer_of_what_it_knows(model: TopicModel) -> None:
    known, unknown = model.probabilities(["how safe is it", "qqq xxx"], encode).max(axis=1)
    assert known > unknown
