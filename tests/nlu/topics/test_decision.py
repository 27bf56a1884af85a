from __future__ import annotations

import pytest

from assistant.nlu.topics.decision import Decision, Guess, Thresholds, decide

THRESHOLDS = Thresholds(answer=0.4, clarify=0.15, answer_near_scope=0.6)


def ranking(*pairs: tuple[str, float]) -> list[Guess]:
    return [Guess(name, confidence) for name, confidence in pairs]


@pytest.mark.parametrize(
    ("guesses", "decision"),
    [
        (
            ranking(("faq/safety", 0.4), ("faq/side_effects", 0.3), ("greet", 0.1)),
            Decision(label="faq/safety"),
        ),
        (
            ranking(("faq/safety", 0.39), ("faq/side_effects", 0.3), ("faq/onset", 0.2)),
            Decision(suggestions=("faq/safety", "faq/side_effects")),
        ),
        (
            ranking(("greet", 0.3), ("faq/side_effects", 0.2), ("faq/onset", 0.1)),
            Decision(suggestions=("faq/side_effects",)),
        ),
        (
            ranking(("faq/safety", 0.6), ("out_of_scope", 0.3), ("greet", 0.1)),
            Decision(label="faq/safety"),
        ),
        (
            ranking(("faq/safety", 0.59), ("out_of_scope", 0.3), ("faq/onset", 0.1)),
            Decision(suggestions=("faq/safety",)),
        ),
        (
            ranking(("greet", 0.45), ("out_of_scope", 0.3), ("faq/onset", 0.1)),
            Decision(label="greet"),
        ),
        (ranking(("faq/safety", 0.14), ("greet", 0.1), ("deny", 0.1)), Decision()),
        (ranking(("out_of_scope", 0.3), ("faq/safety", 0.25), ("greet", 0.1)), Decision()),
        (
            ranking(("out_of_scope", 0.9), ("faq/safety", 0.05), ("greet", 0.01)),
            Decision(label="out_of_scope"),
        ),
    ],
)
def test_decide(guesses: list[Guess], decision: Decision) -> None:
    assert decide(guesses, THRESHOLDS) == decision
