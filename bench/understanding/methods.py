"""Ways from a text to scores of labels, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

from assistant.nlu.encoder.encoder import shared_encoder
from assistant.nlu.topics.model import TopicModel
from assistant.settings import settings
from bench.understanding.classifiers import CLASSIFIERS, Classes, Classifier, Scores, folds
from bench.understanding.features import FEATURES, Features

_INNER_FOLDS = 4
_SMALLEST = 1e-12


class Method(Protocol):
    """Learns labels from texts; a label's score is any number, more for more likely."""

    labels: list[str]

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Method:
        """Learn from examples, a label for each text."""

    def scores(self, texts: Sequence[str]) -> Scores:
        """Return (texts, labels), the labels in the order of `labels`."""


class Linear:
    """A classifier over features."""

    def __init__(self, features: Features, classifier: Classifier) -> None:
        self.labels: list[str] = []
        self._features = features
        self._classifier = classifier

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Linear:
        """Learn features, then classes."""
        self.labels = sorted(set(labels))
        rows = self._features.fit(texts).transform(texts)
        self._classifier.fit(rows, numbered(labels, self.labels))
        return self

    def scores(self, texts: Sequence[str]) -> Scores:
        """Return (texts, labels)."""
        return self._classifier.scores(self._features.transform(texts))


class KernelRidge:
    """The assistant's model as it is; its scores are log-probabilities."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self._encode = shared_encoder(settings().encoder_file).encode

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> KernelRidge:
        """Learn from examples."""
        self._model = TopicModel().fit(texts, labels, self._encode)
        self.labels = self._model.labels
        return self

    def scores(self, texts: Sequence[str]) -> Scores:
        """Return (texts, labels)."""
        found: Scores = np.log(self._model.probabilities(texts, self._encode) + _SMALLEST)
        return found


class Stacked:
    """Adds up other methods' log-probabilities, weighed by how they do on unseen examples.

    Stacking (Wolpert 1992, Neural Networks 5:241-259) with one weight for each method:
    ten examples a class are too few to learn one for each label.
    """

    def __init__(self, *makes: Callable[[], Method]) -> None:
        self.labels: list[str] = []
        self._makes = makes

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Stacked:
        """Weigh the methods by cross-validation, then let each learn from all examples."""
        self.labels = sorted(set(labels))
        truth = numbered(labels, self.labels)
        unseen = [out_of_fold(make, texts, labels, _INNER_FOLDS) for make in self._makes]
        self._weights = _method_weights(unseen, truth)
        self._methods = [make().fit(texts, labels) for make in self._makes]
        return self

    def scores(self, texts: Sequence[str]) -> Scores:
        """Return (texts, labels)."""
        parts = [log_softmax(method.scores(texts), axis=1) for method in self._methods]
        found: Scores = np.tensordot(self._weights, np.array(parts), axes=1)
        return found


def out_of_fold(
    make: Callable[[], Method], texts: Sequence[str], labels: Sequence[str], count: int
) -> Scores:
    """Return scores for each example by a method that has not seen it, from `count` folds."""
    names = sorted(set(labels))
    scores: Scores = np.zeros((len(texts), len(names)))
    for rest, held_out in folds(numbered(labels, names), count):
        method = make().fit([texts[i] for i in rest], [labels[i] for i in rest])
        scores[held_out] = method.scores([texts[i] for i in held_out])
    return scores


def numbered(labels: Sequence[str], names: Sequence[str]) -> Classes:
    """Return each label's place in `names`."""
    place = {name: index for index, name in enumerate(names)}
    return np.array([place[label] for label in labels])


def _method_weights(unseen: Sequence[Scores], truth: Classes) -> Scores:
    """Return the weights under which the truth is most likely."""
    parts = np.array([log_softmax(scores, axis=1) for scores in unseen])
    rows = np.arange(len(truth))

    def loss(weights: Scores) -> float:
        mixed = log_softmax(np.tensordot(weights, parts, axes=1), axis=1)
        return -float(mixed[rows, truth].mean())

    start = np.ones(len(parts)) / len(parts)
    found: Scores = minimize(loss, start, bounds=[(0, None)] * len(parts)).x
    return found


def _linear(features: str, classifier: str) -> Callable[[], Method]:
    return lambda: Linear(FEATURES[features](), CLASSIFIERS[classifier]())


ASSISTANT = "kernel ridge (the assistant)"
STACKED = "stacked"
GRID = {(f, c): _linear(f, c) for f in FEATURES for c in CLASSIFIERS}
"""Methods by features and classifier."""

_ALL = "MiniLM + words + characters"
OWN_FEATURES: dict[str, Callable[[], Method]] = {
    ASSISTANT: KernelRidge,
    STACKED: lambda: Stacked(
        KernelRidge,
        GRID["MiniLM", "logistic regression"],
        GRID["words + characters", "linear SVM"],
        GRID["MiniLM", "prototypes"],
    ),
}
"""Methods that look at several features in ways of their own."""

CHOSEN: dict[str, Callable[[], Method]] = {
    **{classifier: GRID[_ALL, classifier] for classifier in CLASSIFIERS},
    **OWN_FEATURES,
}
"""One of each kind, on all features, for calibration and thresholds."""
