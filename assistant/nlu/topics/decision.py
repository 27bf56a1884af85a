"""Whether to answer, to ask back, or to say that this is not understood."""

from __future__ import annotations

from dataclasses import dataclass

OUT_OF_SCOPE = "out_of_scope"
_OFFERED = 2


@dataclass(frozen=True)
class Guess:
    """A topic (full key, `faq/side_effects`) and its probability."""

    name: str
    confidence: float

    def as_dict(self) -> dict[str, str | float]:
        """Return the guess as Rasa's rankings show it."""
        return {"name": self.name, "confidence": self.confidence}


@dataclass(frozen=True)
class Thresholds:
    """Probabilities from which the best guess is answered, or at least offered."""

    answer: float = 0.4
    clarify: float = 0.15
    answer_near_scope: float = 0.65
    """From which an answer is given when out of scope is the next guess."""


@dataclass(frozen=True)
class Decision:
    """What to do with a message: answer `label`, offer `suggestions`, or neither."""

    label: str | None = None
    suggestions: tuple[str, ...] = ()


def decide(ranking: list[Guess], thresholds: Thresholds) -> Decision:
    """Decide on a ranking, best guess first.

    A likely out-of-scope message is not answered with a less likely topic;
    an unsure one is asked back when at least one topic is worth offering.
    """
    best = ranking[0]
    if best.confidence >= _needed(ranking, thresholds):
        return Decision(label=best.name)
    if best.name == OUT_OF_SCOPE:
        return Decision()
    worth = [g.name for g in ranking if g.confidence >= thresholds.clarify and "/" in g.name]
    return Decision(suggestions=tuple(worth[:_OFFERED]))


def _needed(ranking: list[Guess], thresholds: Thresholds) -> float:
    doubtful = "/" in ranking[0].name and [guess.name for guess in ranking[1:2]] == [OUT_OF_SCOPE]
    return thresholds.answer_near_scope if doubtful else thresholds.answer
