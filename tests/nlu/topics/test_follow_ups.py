"""A short message after an answer leans towards that answer's topic, a clear one does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from rasa.shared.core.events import BotUttered, Event, SessionStarted, UserUttered

from assistant.nlu.topics.follow_ups import (
    TOPIC,
    AnsweredTopic,
    continue_from,
    in_context,
    last_answered,
    without_though,
)

LABELS = ["faq/a", "faq/near", "faq/far", "crisis", "greet", "out_of_scope"]
TOPIC_A = AnsweredTopic("faq/a", "What is a?", related=("faq/near",))


def best(alone: Sequence[float], continued: Sequence[float] = (1 / 6,) * 6) -> str:
    mixed = in_context(np.array(alone), np.array(continued), LABELS, TOPIC_A, 0.4)
    return LABELS[int(mixed.argmax())]


def said(name: str, topic: dict[str, Any] | None = None) -> list[Event]:
    metadata = {"utter_action": name, **({TOPIC: topic} if topic else {})}
    return [UserUttered("..."), BotUttered("...", metadata=metadata)]


ANSWER = said("utter_faq/a", {"label": "faq/a", "question": "What is a?", "more": ["faq/far"]})


def test_an_unsure_message_leans_towards_what_is_near() -> None:
    assert best([0.02, 0.2, 0.5, 0.02, 0.06, 0.2]) == "faq/near"


def test_what_was_asked_counts_with_the_message() -> None:
    assert best([0.2, 0.1, 0.1, 0.1, 0.1, 0.4], [0.9, 0.02, 0.02, 0.02, 0.02, 0.02]) == "faq/a"


def test_the_same_answer_is_not_given_to_what_points_elsewhere() -> None:
    assert best([0.01, 0.1, 0.3, 0.1, 0.1, 0.39], [0.9, 0.02, 0.02, 0.02, 0.02, 0.02]) != "faq/a"


@pytest.mark.parametrize(
    ("alone", "label"),
    [
        ([0.0, 0.03, 0.96, 0.0, 0.0, 0.01], "faq/far"),
        ([0.01, 0.3, 0.1, 0.01, 0.5, 0.08], "greet"),
        ([0.02, 0.3, 0.1, 0.5, 0.02, 0.06], "crisis"),
        ([0.01, 0.08, 0.01, 0.04, 0.01, 0.85], "out_of_scope"),
    ],
)
def test_what_is_clear_or_dangerous_keeps_its_label(alone: list[float], label: str) -> None:
    assert best(alone) == label


def test_danger_is_never_made_less_likely() -> None:
    alone = np.array([0.2, 0.25, 0.2, 0.35, 0.0, 0.0])
    continued = np.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    mixed = in_context(alone, continued, LABELS, TOPIC_A, 0.4)
    assert mixed[3] == 0.35
    assert mixed.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("how long though", True),
        ("and for kids", True),
        ("per session?", True),
        ("is ketamine legal?", False),
        ("wow", False),
        ("that sounds scary", False),
        ("how long does it take until people notice anything", False),
    ],
)
def test_only_a_short_question_or_rest_of_a_sentence_goes_on(text: str, goes_on: bool) -> None:
    assert (continue_from(TOPIC_A, text) is not None) == goes_on
    assert continue_from(None, text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("how long though?", "how long?"),
        ("and where, tho", "and where"),
        ("though", "though"),
        ("is it safe though I'm old", "is it safe though I'm old"),
    ],
)
def test_though_at_the_end_is_left_out(text: str, rest: str) -> None:
    assert without_though(text) == rest


def test_what_goes_on_from_the_answer_counts_like_what_is_related() -> None:
    alone = np.array([0.02, 0.1, 0.2, 0.02, 0.06, 0.6])
    even = np.full(6, 1 / 6)
    topic = AnsweredTopic("faq/a", "What is a?", why=("faq/far",))
    assert LABELS[int(in_context(alone, even, LABELS, topic, 0.4).argmax())] == "faq/far"


def test_the_last_answer_is_found_past_small_talk() -> None:
    found = last_answered([*ANSWER, *said("utter_thank"), *said("utter_follow_up_more")])
    assert found == AnsweredTopic("faq/a", "What is a?", more=("faq/far",))


@pytest.mark.parametrize(
    "since",
    [
        said("utter_crisis"),
        said("utter_ask_contact_form_contact"),
        said("utter_thank") * 5,
        [SessionStarted()],
    ],
    ids=["danger", "form", "long ago", "another visit"],
)
def test_no_topic_after_something_else(since: list[Event]) -> None:
    assert last_answered([*ANSWER, *since]) is None
