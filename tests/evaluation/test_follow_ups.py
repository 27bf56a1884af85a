"""What counts as a fitting reply to a message that refers to the answer before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.follow_ups import evaluate_follow_ups
from evaluation.tables import TableError

HEADER = "previous\ttext\tlabel\n"


class FakeAssistant:
    """Replies as told, by what was asked before and the text."""

    def __init__(self, **replies: list[str]) -> None:
        self._replies = replies

    def reply(self, messages: Sequence[str]) -> list[str]:
        """Return what was prepared for the last message, with `_alone` when it is the first."""
        key = messages[-1].replace(" ", "_")
        return self._replies[key if len(messages) > 1 else f"{key}_alone"]


def test_replies_are_judged_by_what_the_answer_before_goes_on_to(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    rows = [
        "clinic/cost\tper session\tclinic/cost|clinic/session_length",
        "faq/side_effects\thow long\tfaq/effect_duration",
        "faq/how_it_works\tgo on\tmore",
        "clinic/cost\tmore\tmore",
        "faq/safety\twhy\twhy",
    ]
    file.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    assistant = FakeAssistant(
        per_session=["clinic/cost"],
        per_session_alone=["clinic/number_of_sessions"],
        how_long=["clinic/session_length"],
        how_long_alone=["faq/effect_duration"],
        go_on=["faq/what_it_feels_like"],
        more=["follow_up_more"],
        why=["clarify"],
    )
    assert evaluate_follow_ups(assistant, file, tmp_path / "out") == {
        "n": 5,
        "right": 0.6,
        "wrong": 0.2,
        "unanswered": 0.2,
        "topics_right": 0.5,
        "bare_right": 0.6667,
        "alone_right": 0.5,
    }
    written = (tmp_path / "out" / "predictions.tsv").read_text(encoding="utf-8").splitlines()
    assert written[1].endswith("\tclinic/cost\tright\twrong")


def test_a_topic_without_an_answer_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text(HEADER + "faq/weather\twhy\twhy\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"mine\.tsv:2: faq/weather is no topic"):
        evaluate_follow_ups(FakeAssistant(), file, tmp_path)
