"""Proposes a label for groups of unanswered questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.stores.unanswered.picking import Unanswered
from evaluation.grouping import group, key_of
from evaluation.understanding import Understanding

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Understand = Callable[[Sequence[str]], Sequence[Understanding]]

# Grouping compares all with all; beyond this the rarest questions wait for another time.
MOST = 5000
UNSURE = "unsure"


@dataclass
class Wording:
    """One question as it was asked, whatever the case and punctuation."""

    text: str
    answered: Counter[str] = field(default_factory=Counter)
    """How often what was said to it."""

    @property
    def times(self) -> int:
        """How often it was asked."""
        return sum(self.answered.values())


@dataclass
class Proposal:
    """Questions that say nearly the same, and the label they may belong to."""

    label: str
    wordings: list[Wording]
    """The most frequent first."""

    @property
    def times(self) -> int:
        """How often they were asked together."""
        return sum(wording.times for wording in self.wordings)

    @property
    def answered(self) -> Counter[str]:
        """How often what was said to them."""
        return sum((wording.answered for wording in self.wordings), Counter[str]())


def propose(
    questions: Sequence[Unanswered], encode: Encode, understand: Understand
) -> list[Proposal]:
    """Group the questions and propose a label for each group, the most frequent first."""
    wordings = _wordings(questions)[:MOST]
    texts = [wording.text for wording in wordings]
    if not texts:
        return []
    groups: dict[int, list[int]] = defaultdict(list)
    for index, number in enumerate(group(encode(texts))):
        groups[number].append(index)
    understood = understand(texts)
    proposals = [
        Proposal(_label([(wordings[i], understood[i]) for i in own]), [wordings[i] for i in own])
        for own in groups.values()
    ]
    return sorted(proposals, key=lambda proposal: -proposal.times)


def _wordings(questions: Sequence[Unanswered]) -> list[Wording]:
    found: dict[str, Wording] = {}
    for question in questions:
        wording = found.setdefault(key_of(question.text), Wording(question.text))
        wording.answered[question.answered] += 1
    return sorted(found.values(), key=lambda wording: -wording.times)


def _label(own: Sequence[tuple[Wording, Understanding]]) -> str:
    """The label that the model finds likeliest, but not one whose answer was not liked."""
    votes: dict[str, float] = defaultdict(float)
    for wording, understanding in own:
        disliked = {label for answered in wording.answered for label in answered.split("|")}
        for label, confidence in understanding.ranking:
            # "out_of_scope" stands for having had no answer, which nobody disliked.
            if label == "out_of_scope" or label not in disliked:
                votes[label] += confidence * wording.times
    return max(votes, key=votes.__getitem__) if votes else UNSURE
