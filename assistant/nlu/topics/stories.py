"""Weighs the question at the end of a long message beside the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_MIN_WORDS = 8
_MIN_QUESTION_WORDS = 3
_QUESTION_SHARE = 0.3
_DANGERS = ("crisis", "medical_emergency")


def closing_question(text: str) -> str | None:
    """Return the last question of a story, or its last sentence; None for a short message."""
    sentences = [part for part in _SENTENCE_END.split(text.strip()) if part]
    if len(sentences) < 2 or len(text.split()) < _MIN_WORDS:
        return None
    questions = [sentence for sentence in sentences if sentence.endswith("?")]
    closing = (questions or sentences)[-1]
    return closing if len(closing.split()) >= _MIN_QUESTION_WORDS else None


def blend(
    whole: NDArray[np.float64], closing: NDArray[np.float64], labels: Sequence[str]
) -> NDArray[np.float64]:
    """Return the probabilities of a story, given those of all of it and of its question.

    The geometric mean, which is the softmax of the mean of the scores. What points at
    danger is not made less by a harmless question that follows it.
    """
    mixed = whole ** (1 - _QUESTION_SHARE) * closing**_QUESTION_SHARE
    mixed /= mixed.sum()
    dangers = [i for i, label in enumerate(labels) if label in _DANGERS]
    mixed[dangers] = np.maximum(mixed[dangers], whole[dangers])
    blended: NDArray[np.float64] = mixed / mixed.sum()
    return blended
