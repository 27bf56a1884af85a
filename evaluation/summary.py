"""Figures over a set of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.understanding import CLARIFY, FALLBACK, Understanding

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Judged:
    """A question's outcome beside the labels that are acceptable for it."""

    outcome: Understanding
    labels: frozenset[str]

    @property
    def is_right(self) -> bool:
        """Whether the best guess is acceptable."""
        return self.outcome.predicted in self.labels

    @property
    def is_in_top3(self) -> bool:
        """Whether one of the first three guesses is acceptable."""
        names = {self.outcome.predicted, *(name for name, _ in self.outcome.ranking)}
        return bool(names & self.labels)

    @property
    def result(self) -> str:
        """`right`, `wrong` or `clarified`, by what the visitor would get.

        Saying "I can't answer that" is right for what is out of scope.
        """
        answered = self.outcome.answered[0]
        if answered in self.labels:
            return "right"
        if answered == CLARIFY:
            return "clarified"
        if answered == FALLBACK:
            return "right" if OUT_OF_SCOPE in self.labels else "fallback"
        return "wrong"


def summarize(judged: Sequence[Judged], first_labels: Sequence[str]) -> dict[str, Any]:
    """Summarize a question set.

    Args:
        judged: the questions' outcomes.
        first_labels: for each question its most fitting label.

    Returns:
        n, and shares between 0 and 1: accuracy, top3_accuracy, answered_right,
        answered_wrong, clarified, fallback, out_of_scope_answered (share of the
        out-of-scope questions that got an answer of the article's or the
        clinic's); by_label with n and accuracy for each most fitting label.
    """
    by_label: dict[str, list[bool]] = defaultdict(list)
    for item, label in zip(judged, first_labels, strict=True):
        by_label[label].append(item.is_right)
    results = [item.result for item in judged]
    outside = [j for j in judged if j.labels == {OUT_OF_SCOPE}]
    return {
        "n": len(judged),
        "accuracy": _share([j.is_right for j in judged]),
        "top3_accuracy": _share([j.is_in_top3 for j in judged]),
        "answered_right": _share([r == "right" for r in results]),
        "answered_wrong": _share([r == "wrong" for r in results]),
        "clarified": _share([r == "clarified" for r in results]),
        "fallback": _share([r == "fallback" for r in results]),
        "out_of_scope_answered": _share(["/" in j.outcome.answered[0] for j in outside]),
        "by_label": {
            label: {"n": len(hits), "accuracy": _share(hits)}
            for label, hits in sorted(by_label.items())
        },
    }


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 0.0
