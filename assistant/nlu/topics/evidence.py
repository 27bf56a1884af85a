"""What examples say about texts, by their meaning and by their words and letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.nlu.memory import Memory
from assistant.nlu.topics.meaning import Examples, Votes
from assistant.nlu.topics.ngrams import NgramVotes

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Scores = NDArray[np.float32]
_RECENT = 64  # texts: all that one message needs


class Evidence(Protocol):
    """Scores of a model's labels."""

    def scores(self, texts: Sequence[str], encode: Encode) -> Scores:
        """Return (len(texts), k) for at least one text."""


class OwnEvidence:
    """That of the examples of one model, or of several."""

    def __init__(self, votes: Votes, ngrams: NgramVotes) -> None:
        """Create it of votes by meaning and by n-grams, for the same labels."""
        self._votes = votes
        self._ngrams = ngrams

    @classmethod
    def joined(cls, several: Sequence[OwnEvidence]) -> OwnEvidence:
        """Return that for the labels of all, one after the other; what they share is read once."""
        examples = Examples.joined([own._votes.examples for own in several])
        return cls(Votes(examples), NgramVotes.joined([own._ngrams for own in several]))

    @property
    def labels(self) -> Sequence[slice]:
        """The columns of each model's labels."""
        return self._ngrams.labels

    def scores(self, texts: Sequence[str], encode: Encode) -> Scores:
        """Return (len(texts), k) for at least one text."""
        return self._votes.scores(encode(texts)) + self._ngrams.scores(texts)


class SharedEvidence:
    """One model's part of what several find together.

    Models that have learnt from nearly the same examples are asked about the same texts, one
    after the other: who is asked first finds it for all.
    """

    def __init__(self, found: _Found, labels: slice) -> None:
        """Create it; `labels` are the model's columns."""
        self._found = found
        self._labels = labels

    @classmethod
    def of(cls, several: Sequence[OwnEvidence]) -> list[SharedEvidence]:
        """Return the part of each."""
        joined = OwnEvidence.joined(several)
        found = _Found(joined)
        return [cls(found, labels) for labels in joined.labels]

    def scores(self, texts: Sequence[str], encode: Encode) -> Scores:
        """Return (len(texts), k) for at least one text."""
        return self._found.scores(texts, encode)[:, self._labels]


class _Found:
    def __init__(self, evidence: OwnEvidence) -> None:
        self._evidence = evidence
        self._memory = Memory(_RECENT)

    def scores(self, texts: Sequence[str], encode: Encode) -> Scores:
        return self._memory.rows(texts, lambda new: self._evidence.scores(new, encode))
