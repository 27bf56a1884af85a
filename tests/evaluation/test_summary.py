from __future__ import annotations

import pytest

from evaluation.confusions import confusion_counts, confusions
from evaluation.labels import LabelFigures, figures_by_label
from evaluation.reliability import Bin, calibration_error, reliability
from evaluation.summary import summarize
from tests.evaluation.outcomes import judged

QUESTIONS = [
    judged("faq/cost", "faq/cost", 0.95),
    judged("faq/cost|faq/second", "faq/second", 0.9),
    judged("faq/cost", "faq/safety", 0.9, text="surely wrong"),
    judged("faq/cost", "faq/safety", 0.3, "clarify", text="asked back"),
    judged("faq/safety", "faq/safety", 0.2, "fallback"),
    judged("faq/safety", "faq/cost", 0.85, "faq/cost|faq/onset"),
    judged("out_of_scope", "out_of_scope", 0.99),
    judged("out_of_scope", "faq/cost", 0.5),
]


def test_summary() -> None:
    summary = summarize(QUESTIONS)
    by_label = summary.pop("by_label")
    error = summary.pop("calibration_error")
    assert summary == {
        "n": 8,
        "accuracy": 0.5,
        "top3_accuracy": 0.5,
        "answered_right": 0.375,
        "answered_wrong": 0.375,
        "clarified": 0.125,
        "fallback": 0.125,
        "out_of_scope_answered": 0.5,
        "split": 0.125,
    }
    assert error == pytest.approx(calibration_error(QUESTIONS), abs=1e-4)
    assert by_label["faq/safety"] == {
        "n": 2,
        "accuracy": 0.5,
        "precision": 0.3333,
        "clarified": 0,
        "fallback": 1,
        "answered_wrong": 1,
        "attracted": 1,
    }


def test_labels_that_nobody_asked_for_are_shown_with_what_they_cost() -> None:
    figures = figures_by_label([judged("faq/cost", "faq/onset"), judged("faq/cost", "faq/cost")])
    assert figures["faq/onset"] == LabelFigures(0, 0.0, 0.0, 0, 0, 0, 1)
    assert figures["faq/cost"] == LabelFigures(2, 0.5, 1.0, 0, 0, 1, 0)


def test_confusions_are_most_frequent_first_with_the_most_confident_text_first() -> None:
    found = confusions(QUESTIONS)
    assert [(c.label, c.predicted, len(c.questions)) for c in found] == [
        ("faq/cost", "faq/safety", 2),
        ("faq/safety", "faq/cost", 1),
        ("out_of_scope", "faq/cost", 1),
    ]
    assert [q.outcome.text for q in found[0].questions] == ["surely wrong", "asked back"]


def test_confusion_matrix_has_acceptable_guesses_on_its_diagonal() -> None:
    names, counts = confusion_counts(QUESTIONS)
    assert names == ["faq/cost", "faq/safety", "out_of_scope"]
    assert counts == [[2, 2, 0], [1, 1, 0], [1, 0, 1]]


def test_reliability_leaves_empty_bins_out_and_holds_certainty() -> None:
    bins = reliability([judged("a", "a", 1.0), judged("a", "b", 0.92), judged("a", "a", 0.25)])
    assert bins == [Bin(0.2, 1, 0.25, 1.0), Bin(0.9, 2, 0.96, 0.5)]
    assert calibration_error([]) == 0


def test_no_questions() -> None:
    assert summarize([])["accuracy"] == 0
