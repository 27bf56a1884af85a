from __future__ import annotations

import pytest

from assistant.nlu.topics.compound import Part, compound_answers, split_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "what are the side effects and how much does it cost",
            ["what are the side effects", "how much does it cost"],
        ),
        ("is it safe? also do you take insurance", ["is it safe?", "do you take insurance"]),
        ("how long does it last n can i drive", ["how long does it last", "can i drive"]),
        ("risks?? and whos watching me", ["risks?", "whos watching me"]),
        ("1) what schedule is it 2) is it safe", ["what schedule is it", "is it safe"]),
        ("what are the side effects?", []),
        ("adress and phone nr pls", ["adress", "phone nr pls"]),
        ("whats it like and whether i need a driver", ["whats it like", "whether i need a driver"]),
        ("how long does it last, minutes or hours?", []),
        ("how much is it with and without insurance", []),
        ("who discovered it and when", []),
        ("had it since school, I'm 34 now, and i just want to know how much it costs", []),
        ("", []),
    ],
)
def test_split_proposes_parts(text: str, parts: list[str]) -> None:
    assert [part.text for part in split_questions(text)] == parts


QUESTION = Part("is it?", asks=True)
FRAGMENT = Part("opening times", asks=False)
WORD = Part("address", asks=False)


@pytest.mark.parametrize(
    ("parts", "labels", "answers"),
    [
        ([QUESTION, QUESTION], ["faq/safety", "clinic/cost"], ["faq/safety", "clinic/cost"]),
        ([QUESTION, FRAGMENT], ["faq/safety", "clinic/hours"], ["faq/safety", "clinic/hours"]),
        ([QUESTION, QUESTION], ["faq/safety", "faq/safety"], []),
        ([QUESTION, QUESTION], ["faq/safety", None], []),
        (
            [QUESTION, FRAGMENT, QUESTION],
            ["faq/safety", "thank", "clinic/cost"],
            ["faq/safety", "clinic/cost"],
        ),
        ([QUESTION, FRAGMENT], ["faq/safety", "thank"], []),
        (
            [QUESTION, WORD],
            ["clinic/contact", "clinic/location"],
            ["clinic/contact", "clinic/location"],
        ),
        ([QUESTION, WORD], ["faq/safety", "faq/effectiveness"], []),
        ([QUESTION, FRAGMENT], ["faq/administration_routes", "faq/ketamine_definition"], []),
        ([], [], []),
    ],
)
def test_answers_need_two_questions(
    parts: list[Part], labels: list[str | None], answers: list[str]
) -> None:
    assert compound_answers(parts, labels) == answers


def test_a_part_that_asks_stands_alone_as_a_question() -> None:
    parts = split_questions("how long does it last and what does it cost, address")
    assert [part.in_full for part in parts] == [
        "how long does it last?",
        "what does it cost?",
        "address",
    ]
