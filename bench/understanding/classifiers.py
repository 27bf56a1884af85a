"""Classifiers over features. Each gives a score for every class; the highest wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bench.understanding.features import Matrix

Scores = NDArray[np.float64]
Classes = NDArray[np.int64]
"""The number of its class for each text."""


class Classifier(Protocol):
    """Learns classes from rows of length one."""

    def fit(self, rows: Matrix, classes: Classes) -> Classifier:
        """Learn; there are three classes or more, numbered from 0, and none is missing."""

    def scores(self, rows: Matrix) -> Scores:
        """Return (rows, classes)."""


class Logistic:
    """Multinomial logistic regression; its scores are log-probabilities but for a constant."""

    def __init__(self) -> None:
        self._model = LogisticRegression(C=10, max_iter=80, tol=1e-3)

    def fit(self, rows: Matrix, classes: Classes) -> Logistic:
        """Learn with scikit-learn's L-BFGS."""
        self._model.fit(rows, classes)
        return self

    def scores(self, rows: Matrix) -> Scores:
        """Return (rows, classes)."""
        found: Scores = self._model.decision_function(rows)
        return found


class SupportVectors:
    """Linear support vector machine, one class against the rest (squared hinge loss)."""

    def __init__(self, strength: float) -> None:
        self._model = LinearSVC(C=strength, random_state=0)

    def fit(self, rows: Matrix, classes: Classes) -> SupportVectors:
        """Learn with liblinear."""
        self._model.fit(rows, classes)
        return self

    def scores(self, rows: Matrix) -> Scores:
        """Return (rows, classes)."""
        found: Scores = self._model.decision_function(rows)
        return found


class Prototypes:
    """The cosine to the mean of each class (Snell et al. 2017, arXiv:1703.05175)."""

    def fit(self, rows: Matrix, classes: Classes) -> Prototypes:
        """Average the rows of each class."""
        self._prototypes = normalize(_members(classes).T @ sparse.csr_matrix(rows))
        return self

    def scores(self, rows: Matrix) -> Scores:
        """Return (rows, classes)."""
        found: Scores = _dense(sparse.csr_matrix(rows) @ self._prototypes.T)
        return found


class NearestExamples:
    """The cosines to the nearest examples, added up by class."""

    def __init__(self, neighbours: int) -> None:
        self._neighbours = neighbours

    def fit(self, rows: Matrix, classes: Classes) -> NearestExamples:
        """Keep the rows."""
        self._rows = sparse.csr_matrix(rows)
        self._members = _members(classes)
        return self

    def scores(self, rows: Matrix) -> Scores:
        """Return (rows, classes)."""
        cosines = _dense(sparse.csr_matrix(rows) @ self._rows.T)
        nearest = -np.sort(-cosines, axis=1)[:, [self._neighbours - 1]]
        near = np.where(cosines >= nearest, cosines, 0)
        found: Scores = near @ self._members
        return found


class Tuned:
    """A classifier with the setting that does best on a held-out fifth of the examples."""

    def __init__(self, make: Callable[..., Classifier], *settings: float) -> None:
        self._make = make
        self._settings = settings

    def fit(self, rows: Matrix, classes: Classes) -> Tuned:
        """Choose the setting, then learn from all examples."""
        rest, held_out = next(folds(classes, 5))

        def accuracy(setting: float) -> float:
            model = self._make(setting).fit(rows[rest], classes[rest])
            guesses = model.scores(rows[held_out]).argmax(1)
            return float((guesses == classes[held_out]).mean())

        self.setting = max(self._settings, key=accuracy)
        self._model = self._make(self.setting).fit(rows, classes)
        return self

    def scores(self, rows: Matrix) -> Scores:
        """Return (rows, classes)."""
        return self._model.scores(rows)


CLASSIFIERS: dict[str, Callable[[], Classifier]] = {
    "logistic regression": Logistic,
    "linear SVM": lambda: Tuned(SupportVectors, 0.1, 0.3, 1),
    "prototypes": Prototypes,
    "nearest examples": lambda: Tuned(NearestExamples, 1, 3, 5, 10),
}
"""By name, each made anew."""


def folds(classes: Classes, count: int) -> Any:
    """Yield (rest, held out) row numbers; every class is in every part that is large enough."""
    return StratifiedKFold(count, shuffle=True, random_state=0).split(classes, classes)


def _members(classes: Classes) -> sparse.csr_matrix:
    """Return (texts, classes), 1 where a text belongs to the class."""
    rows = np.arange(len(classes))
    return sparse.csr_matrix((np.ones(len(classes)), (rows, classes)))


def _dense(matrix: Any) -> NDArray[np.float64]:
    return matrix.toarray() if sparse.issparse(matrix) else np.asarray(matrix)
