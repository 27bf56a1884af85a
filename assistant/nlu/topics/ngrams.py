"""Which words and letters texts have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Vector = NDArray[np.float32]


class Ngrams:
    """Tf-idf vectors of words and pairs of words, beside those of 2 to 5 letters within words."""

    def __init__(self) -> None:
        """Create vectorizers that know no n-gram yet."""
        self._parts = (
            _Part(analyzer="word", ngram_range=(1, 2)),
            _Part(analyzer="char_wb", ngram_range=(2, 5)),
        )

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn the n-grams of `texts` and return their vectors, (len(texts), n-grams)."""
        return hstack([part.vectorizer.fit_transform(texts) for part in self._parts], format="csr")

    def project(self, texts: Sequence[str], weights: NDArray[np.float16]) -> Vector:
        """Return `vectors of texts @ weights`; (n-grams, k) -> (len(texts), k).

        For a few short texts, of which scikit-learn makes sparse matrices in several times the
        time that the arithmetic takes.
        """
        result = np.zeros((len(texts), weights.shape[1]), dtype=np.float32)
        first = 0
        for part in self._parts:
            own = weights[first : first + part.size]
            for row, text in enumerate(texts):
                columns, values = part.vector(text)
                result[row] += values @ own[columns].astype(np.float32)
            first += part.size
        return result


class _Part:
    """scikit-learn's vectorizer, which learns, and the vector of a single text."""

    def __init__(self, analyzer: str, ngram_range: tuple[int, int]) -> None:
        self.vectorizer = TfidfVectorizer(
            analyzer=analyzer, ngram_range=ngram_range, sublinear_tf=True, dtype=np.float32
        )

    @cached_property
    def size(self) -> int:
        return len(self.vectorizer.vocabulary_)

    def vector(self, text: str) -> tuple[NDArray[np.int64], Vector]:
        """The columns of a text's n-grams, and the numbers that `transform` has there."""
        known = self.vectorizer.vocabulary_
        counts = Counter(map(known.get, self._analyze(text)))
        counts.pop(None, None)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        values = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (np.log(values) + 1) * self._idf[columns]
        length = float(np.linalg.norm(values))
        return columns, values / length if length else values

    @cached_property
    def _analyze(self) -> Callable[[str], list[str]]:
        analyze: Callable[[str], list[str]] = self.vectorizer.build_analyzer()
        return analyze

    @cached_property
    def _idf(self) -> Vector:
        # Kept, since scikit-learn gathers them anew, from a diagonal matrix, whenever asked.
        idf: Vector = self.vectorizer.idf_.astype(np.float32)
        return idf
