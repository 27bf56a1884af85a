"""A question's outcome beside what would have been right."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.understanding import CLARIFY, FALLBACK, Understanding

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Judged:
    """A question's outcome beside the labels that are acceptable for it."""

    outcome: Understanding
    labels: tuple[str, ...]
    """The most fitting label comes first."""

    @property
    def label(self) -> str:
        """The most fitting label."""
        return self.labels[0]

    @property
    def is_right(self) -> bool:
        """Whether the best guess is acceptable."""
        return self.outcome.predicted in self.labels

    @property
    def is_in_top3(self) -> bool:
        """Whether one of the first three guesses is acceptable."""
        names = {self.outcome.predicted, *(name for name, _ in self.outcome.ranking)}
        return not names.isdisjoint(self.labels)

    @property
    def guess(self) -> str:
        """The best guess; an acceptable one counts as the most fitting label."""
        return self.label if self.is_right else self.outcome.predicted

    @property
    def confidence(self) -> float:
        """The classifier's confidence in its best guess."""
        return self.outcome.ranking[0][1]

    @property
    def result(self) -> str:
        """`right`, `wrong`, `clarified` or `fallback`, by what the visitor would get.

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
