"""Which words and letters texts have in common, and what they say about labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Array = NDArray[np.float32]
_TINY = np.finfo(np.float32).tiny
_KINDS = (("word", (1, 2)), ("char_wb", (2, 5)))


class Ngrams:
    """Tf-idf vectors of words and pairs of words, beside those of 2 to 5 letters within words."""

    def __init__(self) -> None:
        """Create vectorizers that know no n-gram yet."""
        self._vectorizers = [_vectorizer(number) for number in range(len(_KINDS))]

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn the n-grams of `texts` and return their vectors, (len(texts), n-grams)."""
        return hstack([own.fit_transform(texts) for own in self._vectorizers], format="csr")

    def votes(self, weights: Array) -> NgramVotes:
        """Return what n-grams say if they weigh so much for each label, (n-grams, k)."""
        idf = np.concatenate([own.idf_ for own in self._vectorizers])[:, None]
        rows: list[dict[str, int]] = []
        for own in self._vectorizers:
            first = sum(map(len, rows))
            rows.append({ngram: first + column for ngram, column in own.vocabulary_.items()})
        labels = [slice(0, weights.shape[1])]
        return NgramVotes(rows, idf.astype(np.float32), weights.astype(np.float16), labels)


@dataclass(frozen=True)
class NgramVotes:
    """What the n-grams of texts say about the labels of some models."""

    rows: Sequence[Mapping[str, int]]
    """Where an n-gram stands, for words and for letters."""
    idf: Array
    """(n-grams, models), 0 where a model does not know it."""
    weights: NDArray[np.float16]
    """(n-grams, labels of all models)."""
    labels: Sequence[slice]
    """Those of each model."""

    @classmethod
    def joined(cls, several: Sequence[NgramVotes]) -> NgramVotes:
        """Return votes for the labels of all, one after the other; a text is cut up once."""
        assert all(len(own.labels) == 1 for own in several), "joined already"  # noqa: S101
        rows: list[dict[str, int]] = []
        for kinds in zip(*(own.rows for own in several), strict=True):
            ngrams = dict.fromkeys(ngram for known in kinds for ngram in known)
            rows.append(dict(zip(ngrams, count(sum(map(len, rows))), strict=False)))
        ends = np.cumsum([own.weights.shape[1] for own in several]).tolist()
        labels = [slice(*ends) for ends in pairwise([0, *ends])]
        idf = np.zeros((sum(map(len, rows)), len(several)), dtype=np.float32)
        weights = np.zeros((len(idf), ends[-1]), dtype=np.float16)
        for model, own in enumerate(several):
            for known, joined in zip(own.rows, rows, strict=True):
                there = [joined[ngram] for ngram in known]
                idf[there, model] = own.idf[[*known.values()], 0]
                weights[there, labels[model]] = own.weights[[*known.values()]]
        return cls(rows, idf, weights, labels)

    def scores(self, texts: Sequence[str]) -> Array:
        """Return the scores of at least one text, (len(texts), k).

        For a few short texts, of which scikit-learn makes sparse matrices in several times the
        time that the arithmetic takes.
        """
        return np.stack([self._scores(text) for text in texts])

    def _scores(self, text: str) -> Array:
        rows: list[int] = []
        frequencies: list[int] = []
        ends = [0]
        for kind, known in enumerate(self.rows):
            counts = Counter(known[ngram] for ngram in _analyzer(kind)(text) if ngram in known)
            rows += counts
            frequencies += counts.values()
            ends.append(len(rows))
        values = (np.log(np.array(frequencies, dtype=np.float32)) + 1)[:, None] * self.idf[rows]
        for first, end in pairwise(ends):
            own = values[first:end]
            own /= np.sqrt(np.maximum((own * own).sum(axis=0), _TINY))
        weights = self.weights[rows].astype(np.float32)
        pairs = zip(values.T, self.labels, strict=True)
        return np.concatenate([own @ weights[:, labels] for own, labels in pairs])


def _vectorizer(kind: int) -> TfidfVectorizer:
    analyzer, lengths = _KINDS[kind]
    return TfidfVectorizer(
        analyzer=analyzer, ngram_range=lengths, sublinear_tf=True, dtype=np.float32
    )


@lru_cache(maxsize=len(_KINDS))
def _analyzer(kind: int) -> Callable[[str], list[str]]:
    analyzer: Callable[[str], list[str]] = _vectorizer(kind).build_analyzer()
    return analyzer
