"""Figures over a set of questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluation.judged import OUT_OF_SCOPE, Judged
from evaluation.labels import figures_by_label
from evaluation.reliability import calibration_error


def summarize(judged: Sequence[Judged]) -> dict[str, Any]:
    """Summarize a question set.

    Returns:
        n, and shares between 0 and 1: accuracy, top3_accuracy, answered_right,
        answered_wrong, clarified, fallback, out_of_scope_answered (share of the
        out-of-scope questions that got an answer of the article's or the
        clinic's), split (share of the questions that were taken for several),
        calibration_error; by_label with `LabelFigures` for each label.
    """
    results = [item.result for item in judged]
    outside = [j for j in judged if set(j.labels) == {OUT_OF_SCOPE}]
    return {
        "n": len(judged),
        "accuracy": _share([j.is_right for j in judged]),
        "top3_accuracy": _share([j.is_in_top3 for j in judged]),
        "answered_right": _share([r == "right" for r in results]),
        "answered_wrong": _share([r == "wrong" for r in results]),
        "clarified": _share([r == "clarified" for r in results]),
        "fallback": _share([r == "fallback" for r in results]),
        "out_of_scope_answered": _share(["/" in j.outcome.answered[0] for j in outside]),
        "split": _share([len(j.outcome.answered) > 1 for j in judged]),
        "calibration_error": round(calibration_error(judged), 4),
        "by_label": {name: vars(own) for name, own in figures_by_label(judged).items()},
    }


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 4) if hits else 0.0
