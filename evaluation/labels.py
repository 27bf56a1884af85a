"""How well each label does, and what it costs the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judged import Judged


@dataclass(frozen=True)
class LabelFigures:
    """Figures of one label; shares are between 0 and 1, and 0 of nothing."""

    n: int
    """Questions for which this is the most fitting label."""
    accuracy: float
    """Share of them whose best guess is acceptable: the label's recall."""
    precision: float
    """Of the best guesses that name the label, the share for which it is acceptable."""
    clarified: int
    """Of the n, how many are asked back."""
    fallback: int
    """Of the n, how many are told that they cannot be answered."""
    answered_wrong: int
    """Of the n, how many get a wrong answer."""
    attracted: int
    """Questions of other labels that get this label's answer: what it costs."""


def figures_by_label(judged: Sequence[Judged]) -> dict[str, LabelFigures]:
    """Return the figures of every label that was asked for or answered, by name."""
    names = {j.label for j in judged} | {j.outcome.predicted for j in judged}
    return {name: _figures(name, judged) for name in sorted(names)}


def _figures(name: str, judged: Sequence[Judged]) -> LabelFigures:
    own = [j for j in judged if j.label == name]
    guessed = [j for j in judged if j.outcome.predicted == name]
    results = [j.result for j in own]
    return LabelFigures(
        n=len(own),
        accuracy=_share(sum(j.is_right for j in own), len(own)),
        precision=_share(sum(j.is_right for j in guessed), len(guessed)),
        clarified=results.count("clarified"),
        fallback=results.count("fallback"),
        answered_wrong=results.count("wrong"),
        attracted=sum(name in j.outcome.answered and name not in j.labels for j in judged),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
