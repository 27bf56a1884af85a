"""Makes scores into probabilities, and tells how far these are from the truth."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from bench.understanding.classifiers import Classes, Scores

_BINS = 10


def temperature(scores: Scores, truth: Classes) -> float:
    """Return the divisor of unseen examples' scores that makes the truth most likely.

    Guo et al. 2017, arXiv:1706.04599.
    """
    rows = np.arange(len(truth))

    def loss(logarithm: float) -> float:
        return -float(log_softmax(scores / np.exp(logarithm), axis=1)[rows, truth].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-6, 4), method="bounded").x))


def probabilities(scores: Scores, divisor: float = 1.0) -> Scores:
    """Return (texts, labels), rows adding up to one."""
    found: Scores = softmax(scores / divisor, axis=1)
    return found


def calibration_error(confidence: Scores, right: Scores) -> float:
    """Return the mean distance of confidence from the share right, over tenths of confidence."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    distances = [
        (bins == b).sum() * abs(confidence[bins == b].mean() - right[bins == b].mean())
        for b in np.unique(bins)
    ]
    return float(sum(distances) / len(confidence))
