from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bench.understanding.classifiers import Scores
from bench.understanding.features import FEATURES, lemmas
from bench.understanding.methods import GRID, Stacked, out_of_fold

NAMES = ["clinic/cost", "faq/safety", "greet"]
WORDS = ["cost", "danger", "hello"]
TEXTS = [f"{word} {i}" for word in WORDS for i in range(8)]
LABELS = [name for name in NAMES for _ in range(8)]


class Knows:
    """Is sure of the label whose word a text has; remembers what it learnt from."""

    def __init__(self, right: bool = True) -> None:
        self.labels = NAMES
        self._right = right
        self._seen: list[str] = []

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Knows:
        self._seen = list(texts)
        return self

    def scores(self, texts: Sequence[str]) -> Scores:
        assert not set(texts) & set(self._seen), "asked for what it has learnt"
        truth = [WORDS.index(text.split()[0]) for text in texts]
        return 2 * np.roll(np.eye(3)[truth], 0 if self._right else 1, axis=1)


def test_out_of_fold_scores_are_of_examples_not_seen() -> None:
    scores = out_of_fold(Knows, TEXTS, LABELS, 4)
    assert (scores.argmax(1) == np.repeat([0, 1, 2], 8)).all()


def test_stacked_trusts_the_method_that_is_right() -> None:
    method = Stacked(Knows, lambda: Knows(right=False)).fit(TEXTS, LABELS)
    assert method.scores(WORDS).argmax(1).tolist() == [0, 1, 2]


@pytest.mark.parametrize("features", ["words", "characters", "words + characters"])
def test_methods_give_scores_in_the_order_of_their_labels(features: str) -> None:
    method = GRID[features, "linear SVM"]().fit(TEXTS, LABELS)
    guesses = method.scores(["the danger", "costs"]).argmax(1)
    assert [method.labels[g] for g in guesses] == ["faq/safety", "clinic/cost"]


def test_concatenated_features_have_rows_of_length_one() -> None:
    rows = FEATURES["words + characters"]().fit(TEXTS).transform(TEXTS)
    assert np.sqrt(rows.multiply(rows).sum(1)) == pytest.approx(1)


def test_lemmas_join_the_forms_of_a_word() -> None:
    assert "infusion" in lemmas("how many infusions")
