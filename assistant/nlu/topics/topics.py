"""What the topic classifier has learnt: the English model, its spelling, the Spanish model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.nlu.memory import Memory
from assistant.nlu.topics.evidence import Encode
from assistant.nlu.topics.model import Matrix, TopicModel
from assistant.nlu.topics.spanish import SpanishTopics
from assistant.nlu.topics.spelling import Spelling, encoder_words


@dataclass(frozen=True)
class Example:
    """A text with its topic, a full key such as `faq/side_effects`."""

    text: str
    label: str


class Topics:
    """Probabilities of topics in either language, over the same labels."""

    def __init__(self, *, meaning_weight: float, ridge: float) -> None:
        """Create the models; the hyperparameters are those of the English one."""
        self.english = TopicModel(meaning_weight=meaning_weight, ridge=ridge)

    def fit(self, english: Sequence[Example], spanish: Sequence[Example], encode: Encode) -> Topics:
        """Learn from examples; one in Spanish may stand among the English ones, too."""
        texts = [example.text for example in english]
        self.english.fit(texts, [example.label for example in english], encode)
        self._spelling = Spelling(texts, encoder_words())
        self._spanish = SpanishTopics(self.labels).fit(
            [example.text for example in spanish], [example.label for example in spanish], encode
        )
        return self

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the columns of `probabilities`."""
        return self.english.labels

    @property
    def memories(self) -> list[Memory]:
        """What the models remember."""
        return [self.english.memory, self._spanish.memory]

    def probabilities(
        self, texts: Sequence[str], are_spanish: Sequence[bool], encode: Encode
    ) -> Matrix:
        """Return (len(texts), len(labels)), rows adding up to one."""
        rows = np.empty((len(texts), len(self.labels)))
        spanish = np.array(are_spanish, dtype=bool)
        own = [self._spelling.correct(t) for t, es in zip(texts, spanish, strict=True) if not es]
        other = [text for text, es in zip(texts, spanish, strict=True) if es]
        if own:
            rows[~spanish] = self.english.probabilities(own, encode)
        if other:
            rows[spanish] = self._spanish.probabilities(
                other, encode, lambda glossed: self.english.probabilities(glossed, encode)
            )
        return rows
