"""One classifier over all topics, on sentence embeddings and n-grams together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve, lapack
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from assistant.nlu.memory import Memory
from assistant.nlu.topics.evidence import Encode, Evidence, OwnEvidence
from assistant.nlu.topics.meaning import Examples, Votes, kernel
from assistant.nlu.topics.ngrams import Ngrams

Matrix = NDArray[np.float64]
_RECENT = 4096


class TopicModel:
    """Kernel ridge regression onto the labels, with calibrated probabilities.

    The kernel adds what sentences mean (a Gaussian kernel on their embeddings)
    to which words and letters they share (the inner product of tf-idf
    vectors), so that a typo or a rare word weighs beside the meaning. A fit is
    one linear system, and gives leave-one-out scores for free, on which the
    temperature of the softmax is set (Guo et al. 2017, arXiv:1706.04599).
    """

    def __init__(self, *, meaning_weight: float = 12.0, ridge: float = 0.3) -> None:
        """Describe the model.

        Args:
            meaning_weight: factor on the embeddings' kernel beside those of
                words and of characters, which have weight 1 each.
            ridge: the regularisation, added to the kernel's diagonal.
        """
        self._meaning_weight = meaning_weight
        self._ridge = ridge
        self.labels: list[str] = []
        """The labels, in the order of the columns of `probabilities`."""

    def fit(self, texts: Sequence[str], labels: Sequence[str], encode: Encode) -> TopicModel:
        """Learn from examples, a label for each text."""
        self.labels = sorted(set(labels))
        self.memory = Memory(_RECENT)
        known = Ngrams()
        ngrams = known.fit(texts)
        vectors = encode(texts)
        similarity = kernel(vectors, vectors)
        similarity *= self._meaning_weight
        similarity += (ngrams @ ngrams.T).toarray()
        similarity[np.diag_indices_from(similarity)] += self._ridge
        # Centred, so that far from every example all topics are equally (un)likely.
        targets = (np.array(labels)[:, None] == np.array(self.labels)) - 1 / len(self.labels)
        weights, inverse_diagonal = _solve(similarity, targets)
        votes = Votes(Examples.of(vectors, self._meaning_weight * weights))
        # The n-grams' kernel is linear: a weight for each n-gram and label does the same.
        self.evidence: Evidence = OwnEvidence(votes, known.votes(ngrams.T @ weights))
        # Scores of each example by a model without it (Rasmussen and Williams 2006, 5.12).
        left_out = targets - weights / inverse_diagonal[:, None]
        self._temperature = _best_temperature(left_out, targets.argmax(1))
        return self

    def probabilities(self, texts: Sequence[str], encode: Encode) -> Matrix:
        """Return (len(texts), len(labels)), rows adding up to one, of at least one text."""
        return self.memory.rows(texts, lambda new: self._probabilities(new, encode))

    def _probabilities(self, texts: Sequence[str], encode: Encode) -> Matrix:
        scores = self.evidence.scores(texts, encode)
        probabilities: Matrix = softmax(scores.astype(np.float64) / self._temperature, axis=1)
        return probabilities


def _solve(
    similarity: NDArray[np.float32], targets: Matrix
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return s^-1 @ targets, and the diagonal of s^-1; (n, n), (n, k) -> (n, k), (n,).

    In single precision by Cholesky's factorisation: a fifth of the time of a general inverse
    in double precision, and the same weights to four digits.
    """
    factor, failed = lapack.spotrf(np.asfortranarray(similarity, dtype=np.float32), lower=1)
    assert not failed, "the kernel is not positive definite"  # noqa: S101
    weights = cho_solve((factor, True), targets.astype(np.float32))
    inverse, failed = lapack.strtri(factor, lower=1, overwrite_c=1)
    assert not failed, "the kernel cannot be inverted"  # noqa: S101
    # s^-1 = inverse.T @ inverse, of which only the diagonal is needed. Column by column:
    # what stands above the diagonal is not part of the factor.
    squares = [np.square(inverse[i:, i]).sum() for i in range(len(inverse))]
    return weights, np.array(squares, dtype=np.float32)


def _best_temperature(scores: Matrix, truth: NDArray[np.int64]) -> float:
    """The temperature under which the truth is most likely."""

    def loss(log_temperature: float) -> float:
        chances = log_softmax(scores / np.exp(log_temperature), axis=1)
        return -float(chances[np.arange(len(truth)), truth].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-6, 2), method="bounded").x))
