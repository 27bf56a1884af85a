"""Which topic a Spanish message is about.

The encoder knows English only. So a small model learns from Spanish examples
which words and letters belong to a topic, and reads the meaning off a gloss,
word for word; the English model judges the gloss as well, with all that it has
learnt from many more examples. Beside the English model alone the share of
wrong answers is less than half (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant.nlu.memory import Memory
from assistant.nlu.topics.evidence import Encode
from assistant.nlu.topics.gloss import gloss, unaccented
from assistant.nlu.topics.model import Matrix, TopicModel

_ENGLISH_SHARE = 0.3
_MEANING_WEIGHT = 4.0
_FLOOR = 1e-6
"""Stands for the probability of a topic that has no Spanish examples."""


class SpanishTopics:
    """Topics of Spanish messages, over the labels of the English model."""

    def __init__(self, labels: Sequence[str]) -> None:
        """Create the model; `labels` are the columns of `probabilities`."""
        self._columns = {label: column for column, label in enumerate(labels)}
        self._model = TopicModel(meaning_weight=_MEANING_WEIGHT)

    def fit(self, texts: Sequence[str], labels: Sequence[str], encode: Encode) -> SpanishTopics:
        """Learn from Spanish examples."""
        self._model.fit([unaccented(text) for text in texts], labels, _of_gloss(encode))
        return self

    @property
    def memory(self) -> Memory:
        """What the model of Spanish examples remembers."""
        return self._model.memory

    def probabilities(
        self, texts: Sequence[str], encode: Encode, english: Callable[[Sequence[str]], Matrix]
    ) -> Matrix:
        """Return (len(texts), len(labels)), rows adding up to one.

        Args:
            texts: Spanish messages.
            encode: the sentence encoder.
            english: the English model's probabilities of texts.
        """
        own = self._model.probabilities([unaccented(text) for text in texts], _of_gloss(encode))
        spread = np.full((len(texts), len(self._columns)), _FLOOR)
        spread[:, [self._columns[label] for label in self._model.labels]] = np.maximum(own, _FLOOR)
        glossed = english([gloss(text) for text in texts])
        mixed = spread ** (1 - _ENGLISH_SHARE) * np.maximum(glossed, _FLOOR) ** _ENGLISH_SHARE
        probabilities: Matrix = mixed / mixed.sum(axis=1, keepdims=True)
        return probabilities


def _of_gloss(encode: Encode) -> Encode:
    return lambda texts: encode([gloss(text) for text in texts])
