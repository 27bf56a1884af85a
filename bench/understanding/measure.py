"""Runs a method on a data set."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from sklearn.metrics import roc_auc_score

from bench.understanding.calibration import calibration_error, probabilities, temperature
from bench.understanding.classifiers import Scores
from bench.understanding.data_sets import OUT_OF_SCOPE, DataSet, Question
from bench.understanding.methods import Method, numbered, out_of_fold
from bench.understanding.thresholds import group_of, group_thresholds, one_threshold

_FOLDS = 3
_TIMED = 60
_numbers = count()


@dataclass(frozen=True)
class Speed:
    """How right, and how fast."""

    accuracy: float
    fit_seconds: float
    """Processor time, which other work on the machine hardly changes; encoding included."""
    message_milliseconds: float
    """Processor time: median over single messages, each encoded anew."""


@dataclass(frozen=True)
class Passing:
    """What becomes of questions under a threshold; shares between 0 and 1."""

    right: float
    """Of the questions in scope."""
    wrong: float
    """Of the questions in scope."""
    refused_outside: float
    """Of the questions out of scope: their recall."""


@dataclass(frozen=True)
class Confidence:
    """What confidence is worth."""

    error_as_is: float
    error_calibrated: float
    area: float
    """Chance that a question in scope gets more confidence than one out of scope (ROC)."""
    no_threshold: Passing
    one_threshold: Passing
    by_group: Passing


def measure_speed(make: Callable[[], Method], data_set: DataSet) -> Speed:
    """Fit on the examples, guess the questions."""
    started = time.process_time()
    method = make().fit(data_set.texts, data_set.labels)
    seconds = time.process_time() - started
    accuracy = judged_accuracy(method, data_set)
    return Speed(accuracy, seconds, _milliseconds(method, [q.text for q in data_set.test]))


def judged_accuracy(method: Method, data_set: DataSet) -> float:
    """Return the share of questions whose best guess is acceptable.

    Questions out of scope count where that is a label that could be learnt, on the
    clinic's own data; CLINC150 reports them apart, as its authors do.
    """
    questions = judged_questions(data_set)
    guesses = method.scores([q.text for q in questions]).argmax(1)
    right = [method.labels[g] in q.labels for g, q in zip(guesses, questions, strict=True)]
    return float(np.mean(right))


def judged_questions(data_set: DataSet) -> Sequence[Question]:
    """Return the questions that accuracy is about."""
    if data_set.domain:
        return data_set.test
    return [q for q in data_set.test if q.in_scope]


def measure_confidence(make: Callable[[], Method], data_set: DataSet) -> Confidence:
    """Calibrate and set thresholds on examples not seen, judge on the questions."""
    unseen = out_of_fold(make, data_set.texts, data_set.labels, _FOLDS)
    method = make().fit(data_set.texts, data_set.labels)
    truth = numbered(data_set.labels, method.labels)
    divisor = temperature(unseen, truth)

    train = probabilities(unseen, divisor)
    train_right = (train.argmax(1) == truth).astype(float)
    train_guesses = [method.labels[i] for i in train.argmax(1)]
    one = one_threshold(train.max(1), train_right)
    groups = group_thresholds(train.max(1), train_right, train_guesses)

    raw = method.scores([q.text for q in data_set.test])
    test = probabilities(raw, divisor)
    guesses = [method.labels[i] for i in test.argmax(1)]
    confidence = test.max(1)
    right = np.array(
        [g in q.labels for g, q in zip(guesses, data_set.test, strict=True)], dtype=float
    )
    judged = np.array([q in set(judged_questions(data_set)) for q in data_set.test])
    limits = np.array([groups.get(group_of(guess), one) for guess in guesses])
    return Confidence(
        calibration_error(probabilities(raw).max(1)[judged], right[judged]),
        calibration_error(confidence[judged], right[judged]),
        _area(test, method.labels, data_set),
        passing(guesses, confidence >= 0, data_set.test),
        passing(guesses, confidence >= one, data_set.test),
        passing(guesses, confidence >= limits, data_set.test),
    )


def passing(
    guesses: Sequence[str], passes: Iterable[bool], questions: Sequence[Question]
) -> Passing:
    """Judge guesses of which some pass; a guess of `out_of_scope` refuses as well."""
    answered = [p and g != OUT_OF_SCOPE for g, p in zip(guesses, passes, strict=True)]
    inside = [
        (a, guess in q.labels)
        for a, guess, q in zip(answered, guesses, questions, strict=True)
        if q.in_scope
    ]
    outside = [not a for a, q in zip(answered, questions, strict=True) if not q.in_scope]
    right = sum(a and fits for a, fits in inside) / len(inside)
    wrong = sum(a and not fits for a, fits in inside) / len(inside)
    return Passing(right, wrong, float(np.mean(outside)) if outside else float("nan"))


def _area(test: Scores, labels: Sequence[str], data_set: DataSet) -> float:
    inside = [q.in_scope for q in data_set.test]
    if all(inside):
        return float("nan")
    answerable = [i for i, label in enumerate(labels) if label != OUT_OF_SCOPE]
    return float(roc_auc_score(inside, test[:, answerable].max(1)))


def _milliseconds(method: Method, texts: Sequence[str]) -> float:
    times = []
    for text in texts[:_TIMED]:
        # A text seen before would come from the encoder's memory.
        new_text = f"{text} {next(_numbers)}"
        started = time.process_time()
        method.scores([new_text])
        times.append(time.process_time() - started)
    return float(np.median(times) * 1000)
