from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from ruamel.yaml import YAML

from assistant.stores.unanswered.picking import Unanswered
from evaluation.grouping import group, key_of
from evaluation.proposal_yaml import as_yaml
from evaluation.proposals import UNSURE, Proposal, propose
from tests.evaluation.outcomes import FakeModel, outcome

TOPICS = {"dog": "clinic/visit", "cost": "clinic/cost", "price": "clinic/cost"}


def asked(text: str, answered: str = "clarify", times: int = 1) -> list[Unanswered]:
    return [Unanswered(date(2026, 11, 24), "rest", text, answered)] * times


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One direction for each topic, however it is worded."""
    names = sorted(TOPICS.values())
    vectors = np.zeros((len(texts), len(names) + 1), dtype=np.float32)
    for row, text in enumerate(texts):
        topic = next((TOPICS[word] for word in TOPICS if word in text), None)
        vectors[row, names.index(topic) if topic else -1] = 1
    return vectors


def proposed(*questions: list[Unanswered], ranking: str = "clinic/cost") -> list[Proposal]:
    flat = [question for group_ in questions for question in group_]
    guesses = [(ranking, 0.4), ("faq/second", 0.2), ("faq/third", 0.1)]
    model = FakeModel([outcome(question.text, guesses) for question in flat])
    return propose(flat, encode, model.understand)


def test_near_duplicates_are_grouped_and_counted_most_frequent_first() -> None:
    found = proposed(
        asked("my dog"), asked("the cost", times=2), asked("The cost?", "fallback"), asked("price")
    )
    assert [[(w.text, w.times) for w in p.wordings] for p in found] == [
        [("the cost", 3), ("price", 1)],
        [("my dog", 1)],
    ]
    assert found[0].answered == {"clarify": 3, "fallback": 1}


def test_a_disliked_answer_is_not_proposed_again() -> None:
    (found,) = proposed(asked("the cost", "clinic/cost|faq/second"))
    assert found.label == "faq/third"
    (found,) = proposed(asked("the cost", "clinic/cost|faq/second|faq/third"))
    assert found.label == UNSURE


def test_out_of_scope_may_be_proposed_again() -> None:
    (found,) = proposed(asked("the cost", "out_of_scope"), ranking="out_of_scope")
    assert found.label == "out_of_scope"


@pytest.mark.parametrize("count", [0, 1])
def test_grouping_of_few(count: int) -> None:
    assert group(np.ones((count, 3), dtype=np.float32)) == [0] * count
    assert proposed() == []


def test_keys_ignore_case_and_punctuation() -> None:
    assert key_of("How  much, is IT?!") == key_of("how much is it")


def test_output_is_yaml_for_nlu() -> None:
    questions = [asked("the cost: #1 - 'x'", times=2), asked("cost, [name]"), asked("my dog")]
    text = as_yaml(proposed(*questions), {"my dog": "stands in dev.tsv"})
    (entry,) = YAML(typ="safe").load(f"nlu:\n{text}")["nlu"]
    assert entry == {"intent": "clinic/cost", "examples": "- the cost: #1 - 'x'\n"}
    assert "# 3 times (clarify 3): the cost: #1" in text
    assert "#   not below, has brackets, word it anew: cost, [name]" in text
    assert re.search(r"# once \(clarify 1\): my dog\n +# +not below, stands in dev.tsv", text)
