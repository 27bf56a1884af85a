from __future__ import annotations

import numpy as np
import pytest

from bench.understanding.calibration import calibration_error, probabilities, temperature
from bench.understanding.data_sets import Question
from bench.understanding.measure import Passing, passing
from bench.understanding.thresholds import group_thresholds, one_threshold


def test_temperature_makes_confidence_what_it_says() -> None:
    generator = np.random.default_rng(0)
    honest = generator.normal(size=(4000, 3)) * 2
    chances = probabilities(honest)
    truth = np.array([generator.choice(3, p=row) for row in chances])
    assert temperature(honest * 5, truth) == pytest.approx(5, rel=0.1)


def test_calibration_error_is_the_distance_of_confidence_from_the_share_right() -> None:
    right = np.array([1.0, 0.0, 1.0, 1.0])
    confidence = np.array([0.55, 0.55, 0.95, 0.95])
    assert calibration_error(confidence, right) == pytest.approx(0.05)


def test_one_threshold_lets_most_right_guesses_pass() -> None:
    confidence = np.linspace(0, 1, 101)
    right = np.ones(101)
    right[:20] = 0
    passed = confidence[20:] >= one_threshold(confidence, right)
    assert passed.mean() == pytest.approx(0.95, abs=0.02)


def test_a_group_has_its_own_threshold_when_it_is_large_enough() -> None:
    confidence = np.array([0.9] * 10 + [0.5] * 10 + [0.1] * 3)
    guesses = ["faq/cost"] * 5 + ["faq/safety"] * 5 + ["clinic/hours"] * 10 + ["greet"] * 3
    thresholds = group_thresholds(confidence, np.ones(23), guesses)
    assert thresholds["faq"] == pytest.approx(0.9)
    assert thresholds["clinic"] == pytest.approx(0.5)
    assert thresholds["greet"] == pytest.approx(one_threshold(confidence, np.ones(23)))


def test_passing_judges_questions_in_scope_and_out_of_it_apart() -> None:
    questions = [Question(text, (label,)) for text, label in zip("abcd", "xxyz", strict=True)]
    outside = [Question(text, ("out_of_scope",)) for text in "efg"]
    guesses = ["x", "y", "y", "z", "out_of_scope", "x", "x"]
    passes = [True, True, False, True, True, False, True]
    assert passing(guesses, passes, [*questions, *outside]) == Passing(0.5, 0.25, 2 / 3)
