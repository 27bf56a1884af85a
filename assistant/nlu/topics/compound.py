"""Splits a message into the questions it may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.nlu.topics.questions import looks_like_question

_JOINER = r"(?:and also|and then|and|also|plus|n|&|\+|/)"
_JOINTS = re.compile(
    rf"(?<=[?!.;:\n])[?!.;:\s]*(?:{_JOINER}\s+)?|,?\s+{_JOINER}\s+|,\s+|(?:^|\s)\d[.)]\s+",
    re.IGNORECASE,
)
_MIN_WORDS = 2
_MAX_PARTS = 6
_FRAGMENT_WORDS = 4
_MAX_ANSWERS = 3


@dataclass(frozen=True)
class Part:
    """A piece of a message that may ask for an answer of its own."""

    text: str
    asks: bool
    """Whether it looks like a question; a fragment ("opening times") may be one, too."""


def split_questions(text: str) -> list[Part]:
    """Return the parts of `text` that could be questions of their own.

    A single question gives no parts; nor does a story of many clauses. Whether
    the parts are asked separately is for `compound_answers` to say.
    """
    pieces = _pieces(text)
    parts = [Part(piece, looks_like_question(piece)) for piece in pieces]
    parts = [p for p in parts if p.asks or len(p.text.split()) <= _FRAGMENT_WORDS]
    return parts if len(parts) >= 2 and len(pieces) <= _MAX_PARTS else []


def _pieces(text: str) -> list[str]:
    """Split at every joint; a single word counts only as a sentence of its own ("Risks?")."""
    pieces = [piece.strip() for piece in _JOINTS.split(text) if piece.strip()]
    before = ["?", *pieces]
    return [
        piece
        for previous, piece in zip(before, pieces, strict=False)
        if len(piece.split()) >= _MIN_WORDS or (piece.endswith("?") and previous.endswith("?"))
    ]


def compound_answers(parts: Sequence[Part], labels: Sequence[str | None]) -> list[str]:
    """Return the labels to answer, in order, when each question asks for another answer.

    Args:
        parts: what `split_questions` gave.
        labels: for each part the topic it is surely about, if any.

    Returns:
        Two or three labels; none when a part that asks has no answer of its own, which
        means that the message is one question.
    """
    if any(part.asks and not _has_answer(label) for part, label in zip(parts, labels, strict=True)):
        return []
    distinct = list(dict.fromkeys(label for label in labels if label and _has_answer(label)))
    return distinct if 2 <= len(distinct) <= _MAX_ANSWERS else []


def _has_answer(label: str | None) -> bool:
    return label is not None and "/" in label
