"""One linear classifier over all topics, on dense and sparse features together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


class TopicModel:
    """Multinomial logistic regression on sentence embeddings and tf-idf of words and characters.

    The embedding knows what words mean, the n-grams know which words were
    used: "legal" and "lethal" are near in neither, and typos share characters.
    """

    def __init__(self, *, dense_weight: float = 3.0, inverse_penalty: float = 10.0) -> None:
        """Describe the model.

        Args:
            dense_weight: factor on the embedding (rows of length one) beside the
                two tf-idf blocks (rows of length one each).
            inverse_penalty: scikit-learn's C, the inverse of the L2 penalty.
        """
        self._dense_weight = dense_weight
        self._sparse = FeatureUnion(
            [
                ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
                (
                    "characters",
                    TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
                ),
            ]
        )
        self._linear = LogisticRegression(C=inverse_penalty, max_iter=300)

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the columns of `probabilities`."""
        return list(self._linear.classes_)

    def fit(self, texts: Sequence[str], labels: Sequence[str], encode: Encode) -> TopicModel:
        """Learn from examples, a label for each text."""
        self._sparse.fit(texts)
        self._linear.fit(self._features(texts, encode), list(labels))
        return self

    def probabilities(self, texts: Sequence[str], encode: Encode) -> NDArray[np.float64]:
        """Return (len(texts), len(labels)), rows adding up to one."""
        result: NDArray[np.float64] = self._linear.predict_proba(self._features(texts, encode))
        return result

    def _features(self, texts: Sequence[str], encode: Encode) -> csr_matrix:
        dense = csr_matrix(encode(texts) * self._dense_weight)
        return hstack([dense, self._sparse.transform(texts)], format="csr")
