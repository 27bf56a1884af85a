from __future__ import annotations

import pytest

from evaluation.judged import Judged
from tests.evaluation.outcomes import judged, outcome


@pytest.mark.parametrize(
    ("labels", "answered", "result"),
    [
        ("faq/cost", "faq/cost", "right"),
        ("faq/safety|faq/cost", "faq/cost", "right"),
        ("faq/safety", "faq/cost", "wrong"),
        ("faq/safety", "clarify", "clarified"),
        ("faq/safety", "fallback", "fallback"),
        ("out_of_scope", "fallback", "right"),
        ("out_of_scope", "clarify", "clarified"),
        ("out_of_scope", "faq/cost", "wrong"),
    ],
)
def test_result_is_what_the_visitor_gets(labels: str, answered: str, result: str) -> None:
    assert judged(labels, "faq/cost", answered=answered).result == result


def test_the_gate_counts_before_the_classifier() -> None:
    stopped = Judged(outcome(answered=["crisis"], tier="HARD"), ("faq/cost",))
    assert not stopped.is_right
    assert stopped.is_in_top3
    assert stopped.guess == "crisis"
    assert stopped.result == "wrong"


def test_an_acceptable_guess_counts_as_the_most_fitting_label() -> None:
    item = judged("faq/safety|faq/cost", "faq/cost")
    assert (item.label, item.guess, item.is_right) == ("faq/safety", "faq/safety", True)


def test_top_three() -> None:
    assert judged("faq/third", "faq/cost").is_in_top3
    assert not judged("faq/other", "faq/cost").is_in_top3
