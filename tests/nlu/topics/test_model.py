"""The topic model on a toy language, with an encoder that counts letters."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.topics.model import TopicModel, _best_temperature

WEIGHT = 6.0
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
    return TopicModel(meaning_weight=WEIGHT).fit(texts, labels, encode)


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


def test_predictions_are_those_of_the_plain_formulas(model: TopicModel) -> None:
    texts = [text for group in EXAMPLES.values() for text in group]
    labels = [label for label, group in EXAMPLES.items() for _ in group]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    asked = ["the price?", "safe safe safe", "qqq"]

    def kernel(left: Sequence[str]) -> NDArray[np.float64]:
        meaning = WEIGHT * np.exp(2 * (encode(left).astype(float) @ encode(texts).T - 1))
        shared = [v.transform(left) @ v.transform(texts).T for v in (words, letters)]
        return np.asarray(meaning + sum(part.toarray() for part in shared))

    words.fit(texts)
    letters.fit(texts)
    targets = (np.array(labels)[:, None] == np.array(model.labels)) - 1 / 3
    inverse = np.linalg.inv(kernel(texts) + 0.3 * np.eye(len(texts)))
    weights = inverse @ targets
    left_out = targets - weights / np.diag(inverse)[:, None]
    temperature = _best_temperature(left_out, targets.argmax(1))
    expected = softmax(kernel(asked) @ weights / temperature, axis=1)
    # The examples' vectors are rounded to 8 bits: see test_meaning.py.
    np.testing.assert_allclose(model.probabilities(asked, encode), expected, atol=3e-3)


def test_a_model_from_a_file_thinks_the_same(model: TopicModel) -> None:
    asked = ["the price?", "safe safe safe", "qqq"]
    expected = model.probabilities(asked, encode)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_allclose(again.probabilities(asked, encode), expected, atol=1e-6)
