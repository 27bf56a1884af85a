"""Models that have learnt from nearly the same examples read them together, each once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from cachetools import LRUCache

from assistant.nlu.topics.meaning import Array, Examples, Votes
from assistant.nlu.topics.model import TopicModel

_RECENT = 64  # texts: all that one message needs


def read_examples_once(models: Sequence[TopicModel]) -> None:
    """Have the votes for the labels of all `models` counted when one asks for a text's.

    What each gets stays the same. Models that share votes already are left alone.
    """
    own_votes = [model.votes for model in models]
    several = [votes.examples for votes in own_votes if isinstance(votes, Votes)]
    if len(several) < len(models):
        return
    counted = _Counted(Votes(Examples.joined(several)))
    first = 0
    for model, own in zip(models, several, strict=True):
        model.votes = Share(counted, slice(first, first + own.labels))
        first += own.labels


class Share:
    """The votes for one model's labels."""

    def __init__(self, counted: _Counted, labels: slice) -> None:
        """Create it; `labels` are its columns."""
        self._counted = counted
        self._labels = labels

    def scores(self, vectors: Array) -> Array:
        """Return what those of the model alone would be."""
        return self._counted.scores(vectors)[:, self._labels]


class _Counted:
    """Votes with a memory: the second model asks for the text for which the first has asked."""

    def __init__(self, votes: Votes) -> None:
        self._votes = votes
        self._recent: LRUCache[bytes, Array] = LRUCache(_RECENT)

    def scores(self, vectors: Array) -> Array:
        keys = [vector.tobytes() for vector in vectors]
        rows = {key: self._recent[key] for key in keys if key in self._recent}
        new = [n for n, key in enumerate(keys) if key not in rows]
        if new:
            rows |= zip((keys[n] for n in new), self._votes.scores(vectors[new]), strict=True)
            self._recent.update(rows)
        return np.stack([rows[key] for key in keys])
