"""What a short message means after an answer: "how long though", "and for kids?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.core.events import BotUttered, Event, SessionStarted, UserUttered

from assistant.nlu.topics.questions import looks_like_question

TOPIC = "topic"
"""Key of a bot message's metadata: what `AnsweredTopic` holds."""
_TURNS_BACK = 4
# Small talk between an answer and what refers to it.
_IN_BETWEEN = ("utter_thank", "utter_affirm", "utter_deny", "utter_greet", "utter_follow_up")
_MAX_WORDS = 6
_CONTINUES = re.compile(
    r"^\W*(?:and|but|or|so|then|for|with|without|by|per|on|in|at|from|to|of|also|even|like|as"
    r"|after|before|during|until|since|about|because)\b",
    re.IGNORECASE,
)
_THOUGH = re.compile(r"(?<=\w)\W+(?:though|tho)(?=\W*$)", re.IGNORECASE)
_SUBJECT = re.compile(r"\bketamine?\b", re.IGNORECASE)
_QUESTION_SHARE = 0.3
_NEAR_WEIGHT = 8.0
_SAME_WEIGHT = 4.0
_SURE_TOPIC = 0.95
_SURE_PLAIN = 0.8
_LEFT_TO_CONTEXT = ("out_of_scope", "help")
# Never less likely because something harmless was asked before.
_KEPT = ("crisis", "medical_emergency", "personal_medical_advice")


@dataclass(frozen=True)
class AnsweredTopic:
    """The topic that was answered last, as the bot's message tells it."""

    label: str
    question: str
    """The question that its button asks."""
    related: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Labels that go on where the answer ended."""
    why: tuple[str, ...] = ()
    """Labels that give the reasons for the answer."""

    @property
    def near(self) -> tuple[str, ...]:
        """Labels that may well be asked for next."""
        return (*self.related, *self.more, *self.why)

    @classmethod
    def of(cls, metadata: Mapping[str, Any]) -> AnsweredTopic:
        """Read what the response generator left on the message."""
        return cls(
            label=str(metadata.get("label")),
            question=str(metadata.get("question") or ""),
            related=tuple(metadata.get("related") or ()),
            more=tuple(metadata.get("more") or ()),
            why=tuple(metadata.get("why") or ()),
        )


def last_answered(events: Sequence[Event]) -> AnsweredTopic | None:
    """Return the topic that a message after `events` may refer to.

    Only the latest answer counts, at most a few turns back in this session, with nothing but
    small talk since: what follows a crisis reply or the contact form refers to no topic.
    """
    turns = 0
    for event in islice(reversed(events), 20 * _TURNS_BACK):
        if isinstance(event, SessionStarted):
            return None
        if isinstance(event, UserUttered):
            turns += 1
            if turns > _TURNS_BACK:
                return None
        if isinstance(event, BotUttered):
            if topic := event.metadata.get(TOPIC):
                return AnsweredTopic.of(topic)
            if not str(event.metadata.get("utter_action")).startswith(_IN_BETWEEN):
                return None
    return None


def without_though(text: str) -> str:
    """Return the text without the word that ties it to what was said: "how long though?"."""
    return _THOUGH.sub("", text)


def continue_from(topic: AnsweredTopic | None, text: str) -> str | None:
    """Return the last topic's question and `text` as one, if `text` seems to go on from it.

    It does when it is short, and asks or begins like the rest of a sentence; not when it names
    ketamine, and so what it is about.
    """
    if topic is None or not topic.question:
        return None
    if len(text.split()) > _MAX_WORDS or _SUBJECT.search(text):
        return None
    goes_on = looks_like_question(text) or _CONTINUES.search(text)
    return f"{topic.question} {text}" if goes_on else None


def in_context(
    alone: NDArray[np.float64],
    continued: NDArray[np.float64],
    labels: Sequence[str],
    topic: AnsweredTopic,
    answer_threshold: float,
) -> NDArray[np.float64]:
    """Return the probabilities of an elliptical message after an answer on `topic`.

    The message's own are weighted by what visitors ask next (topics near the last one, and
    that one again), then mixed as the geometric mean with those of the last question and the
    message read as one. A message that is clear by itself keeps its own.

    Args:
        alone: probabilities of the message, one for each label.
        continued: those of the last topic's question followed by the message.
        labels: the labels, in that order.
        topic: the topic answered last.
        answer_threshold: the probability from which the best label is answered.
    """
    if _is_clear(alone, labels, answer_threshold):
        return alone
    weights = np.ones(len(labels))
    weights[np.isin(labels, topic.near)] = _NEAR_WEIGHT
    # Nobody who says something else wants the same answer again: below chance it is left out.
    is_same = np.isin(labels, topic.label)
    weights[is_same] = _SAME_WEIGHT * (alone[is_same] > 1 / len(labels))
    mixed = (alone * weights) ** (1 - _QUESTION_SHARE) * continued**_QUESTION_SHARE
    mixed /= mixed.sum()
    is_kept = np.isin(labels, _KEPT)
    mixed[is_kept] = np.maximum(mixed[is_kept], alone[is_kept])
    left = 1 - mixed[is_kept].sum()
    mixed[~is_kept] *= max(left, 0) / mixed[~is_kept].sum()
    mixed /= mixed.sum()
    # An answer without context is better than none with it.
    if mixed.max() < answer_threshold <= alone.max():
        return alone
    result: NDArray[np.float64] = mixed
    return result


def _is_clear(alone: NDArray[np.float64], labels: Sequence[str], answer_threshold: float) -> bool:
    best = labels[int(alone.argmax())]
    if "/" in best:
        return bool(alone.max() >= _SURE_TOPIC)
    # A greeting, a complaint or a wish is not about the last topic.
    return bool(alone.max() >= (_SURE_PLAIN if best in _LEFT_TO_CONTEXT else answer_threshold))
