"""Which labels are taken for which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judged import Judged


@dataclass(frozen=True)
class Confusion:
    """Questions of one label that were taken for another's."""

    label: str
    predicted: str
    questions: list[Judged]
    """The most confident first."""


def confusions(judged: Sequence[Judged]) -> list[Confusion]:
    """Return every confusion, the most frequent first, then the most confident."""
    pairs: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for item in sorted(judged, key=lambda j: -j.confidence):
        if not item.is_right:
            pairs[item.label, item.outcome.predicted].append(item)
    found = [Confusion(*pair, questions) for pair, questions in pairs.items()]
    return sorted(found, key=lambda c: (-len(c.questions), -c.questions[0].confidence))


def confusion_counts(judged: Sequence[Judged]) -> tuple[list[str], list[list[int]]]:
    """Return the labels in order, and a row of counts by guess for each."""
    counts = Counter((j.label, j.guess) for j in judged)
    names = sorted({name for pair in counts for name in pair})
    return names, [[counts[label, guess] for guess in names] for label in names]
