"""Texts go through the encoder one behind the other, and see nothing of each other."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.nlu.encoder.packing import TOKENS, packed, packs


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([5], [[5]]),
        ([5, 9, 3], [[5, 9, 3]]),
        ([TOKENS - 5, 5, 1], [[TOKENS - 5, 5], [1]]),
        ([3, TOKENS + 1, 4], [[3], [TOKENS + 1], [4]]),
    ],
)
def test_as_many_go_together_as_have_room(lengths: list[int], expected: list[list[int]]) -> None:
    texts = [[0] * length for length in lengths]
    assert [[len(text) for text in pack] for pack in packs(texts)] == expected


def test_each_token_knows_its_place_and_its_text() -> None:
    inputs = packed([[101, 7, 102], [101, 102]])
    assert inputs["input_ids"].tolist() == [101, 7, 102, 0, 101, 102]
    assert inputs["positions"].tolist() == [0, 1, 2, 0, 0, 1]
    np.testing.assert_array_equal(inputs["texts"], [[1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1]])
    same = inputs["texts"].T @ inputs["texts"]
    same[3, 3] = 1  # what fills the gap sees itself
    assert (inputs["apart"][same == 1] == 0).all()
    assert (inputs["apart"][same == 0] < -1000).all()


def test_a_text_alone_has_no_gap() -> None:
    inputs = packed([[101, 7, 102]])
    assert inputs["input_ids"].tolist() == [101, 7, 102]
    assert not inputs["apart"].any()
