"""The question at the end of a story, and what it weighs."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.topics.stories import blend, closing_question

STORY = "My wife has been through a lot this year and we are both very tired of waiting. "


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        (STORY + "What does it cost?", "What does it cost?"),
        ("Is it safe for her?\n" + STORY + "She worries.", "Is it safe for her?"),
        (STORY + "I wonder what it costs", "I wonder what it costs"),
        (STORY + "Why?", None),
        (STORY.strip(), None),
        ("We are tired. What does it cost?", None),
        ("", None),
    ],
)
def test_closing_question(text: str, closing: str | None) -> None:
    assert closing_question(text) == closing


def test_a_sure_question_turns_an_unsure_story() -> None:
    labels = ["clinic/cost", "express_distress"]
    blended = blend(np.array([0.4, 0.6]), np.array([0.95, 0.05]), labels)
    assert blended.argmax() == 0
    assert blended.sum() == pytest.approx(1)


@pytest.mark.parametrize("danger", ["crisis", "medical_emergency"])
def test_a_harmless_question_hides_no_danger(danger: str) -> None:
    labels = ["clinic/cost", danger]
    blended = blend(np.array([0.3, 0.7]), np.array([0.99, 0.01]), labels)
    assert blended.argmax() == 1
