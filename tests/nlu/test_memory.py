"""What is remembered of texts."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.memory import Memory

Lengths = Callable[[Sequence[str]], NDArray[np.float64]]


@pytest.fixture
def computed() -> list[str]:
    """The texts that were computed, in order."""
    return []


@pytest.fixture
def lengths(computed: list[str]) -> Lengths:
    def compute(texts: Sequence[str]) -> NDArray[np.float64]:
        computed.extend(texts)
        return np.array([[len(text), 1.0] for text in texts])

    return compute


def test_each_text_is_computed_once(computed: list[str], lengths: Lengths) -> None:
    memory = Memory(10)
    np.testing.assert_array_equal(memory.rows(["ab", "c", "ab"], lengths), [[2, 1], [1, 1], [2, 1]])
    np.testing.assert_array_equal(memory.rows(["c", "def"], lengths), [[1, 1], [3, 1]])
    assert computed == ["ab", "c", "def"]


def test_the_oldest_is_forgotten_first(computed: list[str], lengths: Lengths) -> None:
    memory = Memory(2)
    memory.rows(["a", "b"], lengths)
    memory.rows(["a"], lengths)
    memory.rows(["c"], lengths)
    memory.rows(["a"], lengths)
    assert computed == ["a", "b", "c"]
    memory.rows(["b"], lengths)
    assert computed == ["a", "b", "c", "b"]


def test_more_texts_than_it_holds_all_get_their_rows(lengths: Lengths) -> None:
    assert Memory(1).rows(["a", "bb", "ccc"], lengths)[:, 0].tolist() == [1, 2, 3]


def test_a_memory_takes_over_what_another_hands_over(computed: list[str], lengths: Lengths) -> None:
    one, other = Memory(10), Memory(10)
    one.rows(["ab"], lengths)
    other.take_over(one.hand_over())
    assert one.hand_over() == {}
    other.rows(["ab"], lengths)
    assert computed == ["ab"]


def test_neither_memory_nor_pickle_holds_a_text(lengths: Lengths) -> None:
    memory = Memory(10)
    memory.rows(["my name is Ann"], lengths)
    assert b"Ann" not in b"".join(memory.hand_over())
    memory.rows(["my name is Ann"], lengths)
    assert pickle.loads(pickle.dumps(memory)).hand_over() == {}
