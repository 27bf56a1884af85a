"""From which confidence to answer: one threshold, or one for each group of labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bench.understanding.classifiers import Scores

KEPT = 0.95
"""Share of the right guesses at unseen examples that a threshold lets pass."""
_FEWEST = 8


def group_of(label: str) -> str:
    """Return the retrieval intent of a full key, or the label itself."""
    return label.partition("/")[0]


def one_threshold(confidence: Scores, right: Scores) -> float:
    """Return the confidence that 95 of 100 right guesses reach.

    It needs no example of what is out of scope.

    Args:
        confidence: of the best guess at each unseen example.
        right: whether it is right.
    """
    return float(np.quantile(confidence[right.astype(bool)], 1 - KEPT))


def group_thresholds(
    confidence: Scores, right: Scores, guesses: Sequence[str]
) -> Mapping[str, float]:
    """Return a threshold for each group of labels guessed.

    A group with fewer than eight right guesses gets the threshold of all.
    """
    common = one_threshold(confidence, right)
    groups = np.array([group_of(guess) for guess in guesses])
    thresholds: dict[str, float] = {}
    for group in np.unique(groups):
        members = groups == group
        enough = right[members].sum() >= _FEWEST
        own = one_threshold(confidence[members], right[members]) if enough else common
        thresholds[str(group)] = own
    return thresholds
