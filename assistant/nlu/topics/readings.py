"""The ways to read one message, whose topics together tell its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.nlu.topics.compound import Part, split_questions
from assistant.nlu.topics.follow_ups import (
    AnsweredTopic,
    continue_from,
    in_context,
    without_though,
)
from assistant.nlu.topics.stories import blend, closing_question

Row = NDArray[np.float64]


@dataclass(frozen=True)
class Readings:
    """A message as a whole, by its last question, as one with what was answered, in parts."""

    whole: str
    closing: str | None
    continued: str | None
    parts: Sequence[Part]
    topic: AnsweredTopic | None
    """What was answered before it."""

    @classmethod
    def of(cls, text: str, topic: AnsweredTopic | None = None) -> Readings:
        """Return the readings of a message after an answer on `topic`."""
        whole = without_though(text) if topic else text
        parts = split_questions(whole)
        continued = None if parts else continue_from(topic, whole)
        return cls(whole, closing_question(whole), continued, parts, topic)

    @property
    def texts(self) -> list[str]:
        """The texts of which probabilities are needed."""
        others = [text for text in (self.closing, self.continued) if text]
        return [self.whole, *others, *(part.in_full for part in self.parts)]

    def mixed(
        self, rows: Sequence[Row], labels: Sequence[str], answer_threshold: float
    ) -> tuple[Row, Sequence[Row]]:
        """Return the message's probabilities, and those of each of its parts.

        Args:
            rows: the probabilities of `texts`, in their order.
            labels: what they are probabilities of.
            answer_threshold: the probability from which the best label is answered.
        """
        mixed, *others = rows
        if self.closing:
            mixed = blend(mixed, others.pop(0), labels)
        if self.topic and self.continued:
            mixed = in_context(mixed, others.pop(0), labels, self.topic, answer_threshold)
        return mixed, others
