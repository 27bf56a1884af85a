"""Whatever the assistant says, what is sent keeps to Messenger's limits."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.messenger.messages import messages_for
from tests.channels.messenger.rules import problem_with_send

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=3_000)
BUTTONS = st.lists(
    st.fixed_dictionaries({"title": TEXT, "payload": TEXT.filter(bool)}), max_size=20
)
ANSWERS = st.lists(st.fixed_dictionaries({"text": TEXT, "buttons": BUTTONS}), max_size=3)


def button(title: str, payload: str | None = None) -> dict[str, str]:
    return {"title": title, "payload": payload or f"Tell me: {title}"}


def replies(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(reply["title"], reply["payload"]) for reply in messages[-1]["quick_replies"]]


@given(ANSWERS)
def test_every_message_is_one_that_graph_takes(answers: list[dict[str, Any]]) -> None:
    for message in messages_for(answers):
        fields = {"recipient": {"id": "7"}, "messaging_type": "RESPONSE", "message": message}
        assert problem_with_send(fields) is None


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraphs = [letter * 900 for letter in "abc"]
    messages = messages_for([{"text": "\n\n".join(paragraphs)}])
    assert [message["text"] for message in messages] == [
        f"{paragraphs[0]}\n\n{paragraphs[1]}",
        paragraphs[2],
    ]


def test_a_title_is_cut_at_a_word_and_the_tap_says_it_all() -> None:
    messages = messages_for([{"text": "Choose.", "buttons": [button("What it feels like inside")]}])
    assert replies(messages) == [("What it feels like…", "Tell me: What it feels like inside")]
    assert messages[0]["text"] == "Choose."


def test_titles_that_would_look_the_same_are_numbered_and_written_out() -> None:
    buttons = [
        button("What ketamine feels like at first"),
        button("What ketamine feels like later"),
    ]
    messages = messages_for([{"text": "Choose.", "buttons": buttons}])
    assert [title for title, _ in replies(messages)] == ["1. What ketamine…", "2. What ketamine…"]
    assert messages[0]["text"] == (
        "Choose.\n\n1. What ketamine feels like at first\n2. What ketamine feels like later"
    )


def test_of_many_choices_the_first_13_are_shown() -> None:
    messages = messages_for([{"text": "a", "buttons": [button(str(n)) for n in range(30)]}])
    assert [title for title, _ in replies(messages)] == [str(n) for n in range(13)]


def test_choices_of_two_answers_stand_below_the_last_and_each_once() -> None:
    cost, risks = button("Costs"), button("Risks")
    answers = [{"text": "a", "buttons": [cost]}, {"text": "b", "buttons": [risks, cost]}]
    messages = messages_for(answers)
    assert [message["text"] for message in messages] == ["a", "b"]
    assert "quick_replies" not in messages[0]
    assert [title for title, _ in replies(messages)] == ["Costs", "Risks"]


def test_a_choice_whose_words_are_too_long_is_left_out() -> None:
    messages = messages_for([{"text": "a", "buttons": [button("Long", "é" * 1_001)]}])
    assert messages == [{"text": "a"}]
