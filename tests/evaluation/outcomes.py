"""Outcomes of questions, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.judged import Judged
from evaluation.understanding import Understanding

RANKING = [("faq/cost", 0.8), ("faq/safety", 0.1), ("faq/onset", 0.05)]


def outcome(
    text: str = "how much",
    ranking: Sequence[tuple[str, float]] = RANKING,
    answered: Sequence[str] | None = None,
    tier: str = "NONE",
) -> Understanding:
    """Return an outcome, answered with the best guess unless told otherwise."""
    return Understanding(text, list(ranking), list(answered or [ranking[0][0]]), tier, [])


def judged(
    labels: str,
    guess: str,
    confidence: float = 0.8,
    answered: str | None = None,
    text: str = "how much",
) -> Judged:
    """Return a question with acceptable `labels`, joined by `|`, and one guess."""
    ranking = [(guess, confidence), ("faq/second", 0.1), ("faq/third", 0.05)]
    said = answered.split("|") if answered else None
    return Judged(outcome(text, ranking, said), tuple(labels.split("|")))


class FakeModel:
    """Answers each text as told."""

    def __init__(self, outcomes: Sequence[Understanding]) -> None:
        self.outcomes = {one.text: one for one in outcomes}

    def understand(self, texts: Sequence[str]) -> list[Understanding]:
        """Return the outcomes prepared for the texts."""
        return [self.outcomes[text] for text in texts]
