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
# What goes on with the question before it: "minutes or hours?", "with insurance", "and why".
_CONTINUATION = re.compile(
    r"(?:\w+ or \w+|(?:for|with|without|from)\b.*|why|when|where|how|who)\W*$", re.IGNORECASE
)
# What opens a short statement: "I'm 34 now", "nobody picked up".
_STATEMENT = re.compile(
    r"(?:i|i\W?(?:m|ve|d)|we|he|she|they|nobody|my|our|if|because)\b", re.IGNORECASE
)
# Naming the subject is not asking what it is: "the ketamine, do I swallow it".
_SUBJECTS = frozenset({"faq/ketamine_definition", "faq/anxiety_definition"})
_MAX_PARTS = 6
_FRAGMENT_WORDS = 4
_MAX_ANSWERS = 3


@dataclass(frozen=True)
class Part:
    """A piece of a message that may ask for an answer of its own."""

    text: str
    asks: bool
    """Whether it looks like a question; a fragment ("opening times") may be one, too."""

    @property
    def in_full(self) -> str:
        """The text as it would stand alone: with the question mark of the whole message."""
        return f"{self.text}?" if self.asks and self.text[-1].isalnum() else self.text


def split_questions(text: str) -> list[Part]:
    """Return the parts of `text` that could be questions of their own.

    A single question gives no parts; nor does a story of many clauses. Whether
    the parts are asked separately is for `compound_answers` to say.
    """
    pieces = [piece.strip() for piece in _JOINTS.split(text) if piece.strip()]
    if len(pieces) > _MAX_PARTS:
        return []
    asked = [piece for piece in pieces if not _CONTINUATION.match(piece)]
    parts = [Part(p, _asks(p, before)) for before, p in zip(["?", *asked], asked, strict=False)]
    if not all(part.asks or _is_fragment(part.text) for part in parts):
        # Somebody tells a story, of which a short clause is no question.
        parts = [part for part in parts if part.asks]
    return parts if len(parts) >= 2 else []


def _asks(piece: str, before: str) -> bool:
    """A single word asks only as a sentence of its own: "Risks? Cost?"."""
    if len(piece.split()) == 1:
        return piece.endswith("?") and before.endswith("?")
    return looks_like_question(piece)


def _is_fragment(piece: str) -> bool:
    return len(piece.split()) <= _FRAGMENT_WORDS and not _STATEMENT.match(piece)


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
    found = [label for part, label in zip(parts, labels, strict=True) if _counts(part, label)]
    distinct = list(dict.fromkeys(label for label in found if label))
    return distinct if 2 <= len(distinct) <= _MAX_ANSWERS else []


def _counts(part: Part, label: str | None) -> bool:
    """Whether a part asks for an answer of its own.

    A single word may ask for a fact about the clinic ("address"), but "safe and effective" are
    not two questions.
    """
    if not label or not _has_answer(label):
        return False
    if not part.asks and len(part.text.split()) == 1:
        return label.startswith("clinic/")
    return part.asks or label not in _SUBJECTS


def _has_answer(label: str | None) -> bool:
    return label is not None and "/" in label
