from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from bench.understanding.classifiers import CLASSIFIERS, NearestExamples, Prototypes, Tuned

GENERATOR = np.random.default_rng(0)
CLASSES = np.repeat(np.arange(3), 12)
ROWS = np.eye(3)[CLASSES] + GENERATOR.normal(scale=0.1, size=(36, 3))
ROWS /= np.linalg.norm(ROWS, axis=1, keepdims=True)


@pytest.mark.parametrize("is_sparse", [False, True], ids=["dense", "sparse"])
@pytest.mark.parametrize("name", CLASSIFIERS)
def test_each_tells_apart_what_lies_apart(name: str, is_sparse: bool) -> None:
    rows = sparse.csr_matrix(ROWS) if is_sparse else ROWS
    scores = CLASSIFIERS[name]().fit(rows, CLASSES).scores(rows)
    assert scores.shape == (36, 3)
    assert (scores.argmax(1) == CLASSES).all()


def test_prototype_scores_are_cosines_to_the_means() -> None:
    rows = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    scores = Prototypes().fit(rows, np.array([0, 0, 1])).scores(np.array([[0.0, 1.0]]))
    assert scores == pytest.approx(np.array([[0.8 / np.hypot(1.6, 0.8), 1.0]]))


def test_only_the_nearest_examples_have_a_say() -> None:
    rows = np.array([[1.0, 0.0], [0.8, 0.6], [0.6, 0.8], [0.0, 1.0]])
    near = NearestExamples(2).fit(rows, np.array([0, 1, 1, 1])).scores(np.array([[1.0, 0.0]]))
    assert near == pytest.approx(np.array([[1.0, 0.8]]))


class Shifts:
    """Guesses the class a row points at, shifted by the setting."""

    def __init__(self, setting: float) -> None:
        self._shift = int(setting)

    def fit(self, rows: np.ndarray, classes: np.ndarray) -> Shifts:
        return self

    def scores(self, rows: np.ndarray) -> np.ndarray:
        return np.roll(rows, self._shift, axis=1)


def test_tuned_takes_the_setting_that_does_best_on_examples_held_out() -> None:
    tuned = Tuned(Shifts, 1, 0, 2).fit(ROWS, CLASSES)
    assert tuned.setting == 0
    assert (tuned.scores(ROWS).argmax(1) == CLASSES).all()
