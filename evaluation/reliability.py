"""Whether confidence is what it says: of guesses made with 0.8, are 80 of 100 right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judged import Judged

BINS = 10


@dataclass(frozen=True)
class Bin:
    """The guesses within one tenth of confidence."""

    low: float
    """The lowest confidence that belongs here."""
    n: int
    confidence: float
    """Their mean confidence."""
    right: float
    """The share of them that is right."""


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """Sort the classifier's guesses into bins by confidence, lowest first; empty ones left out.

    The safety gate's interruptions carry no confidence, so it is the classifier's guess that
    is judged here, also where the gate overrules it.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for item in judged:
        right = item.outcome.ranking[0][0] in item.labels
        bins[min(int(item.confidence * BINS), BINS - 1)].append((item.confidence, right))
    return [
        Bin(
            low=index / BINS,
            n=len(guesses),
            confidence=sum(confidence for confidence, _ in guesses) / len(guesses),
            right=sum(right for _, right in guesses) / len(guesses),
        )
        for index, guesses in enumerate(bins)
        if guesses
    ]


def calibration_error(judged: Sequence[Judged]) -> float:
    """Mean distance of confidence from the share right (Guo et al. 2017, arXiv:1706.04599)."""
    distances = [b.n * abs(b.confidence - b.right) for b in reliability(judged)]
    return sum(distances) / len(judged) if judged else 0.0
