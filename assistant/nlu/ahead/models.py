"""The models whose judgements are made ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.nlu.memory import Memory, Row
from assistant.nlu.reading.spanish import is_spanish
from assistant.nlu.safety.danger import DangerModel
from assistant.nlu.topics.evidence import Encode
from assistant.nlu.topics.readings import Readings
from assistant.nlu.topics.topics import Topics

Judged = list[dict[bytes, Row]]
"""New rows of each memory, in the order of `Models.memories`."""


@dataclass(frozen=True)
class Models:
    """What judges a message's topic and its danger, by the message alone."""

    topics: Topics
    danger: DangerModel

    @property
    def memories(self) -> Sequence[Memory]:
        """What the models remember."""
        return [*self.topics.memories, self.danger.memory]

    def judge(self, text: str, encode: Encode) -> Judged:
        """Return the probabilities that a message needs, unless it depends on what was said."""
        texts = Readings.of(text).texts
        self.topics.probabilities(texts, [is_spanish(reading) for reading in texts], encode)
        self.danger.chances([text], encode)
        return self.hand_over()

    def hand_over(self) -> Judged:
        """Return all that is remembered, and forget it."""
        return [memory.hand_over() for memory in self.memories]

    def remember(self, judged: Judged) -> None:
        """Have what another process judged at hand."""
        for memory, rows in zip(self.memories, judged, strict=True):
            memory.take_over(rows)
