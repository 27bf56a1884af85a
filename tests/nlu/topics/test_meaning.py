"""Votes of examples in 8 bits are those of the plain formula."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.topics.meaning import Examples, Votes, kernel

Array = NDArray[np.float32]
EXAMPLES, LABELS, DIMENSION = 300, 5, 100


def unit_rows(seed: int, rows: int) -> Array:
    numbers = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    lengths: Array = np.linalg.norm(numbers, axis=1, keepdims=True)
    return numbers / lengths


@pytest.fixture(scope="module")
def weights() -> Array:
    return np.random.default_rng(2).normal(size=(EXAMPLES, LABELS)).astype(np.float32)


@pytest.fixture(scope="module")
def votes(weights: Array) -> Votes:
    return Votes(Examples.of(unit_rows(1, EXAMPLES), weights))


def test_the_kernel_falls_with_the_squared_distance() -> None:
    left, right = unit_rows(3, 2), unit_rows(4, 3)
    squares = ((left[:, None] - right[None]) ** 2).sum(axis=2)
    np.testing.assert_allclose(kernel(left, right), np.exp(-squares), rtol=1e-5)


def test_scores_are_those_of_the_formula_but_for_the_rounding(votes: Votes, weights: Array) -> None:
    asked = np.concatenate([unit_rows(1, 20), unit_rows(5, 20)])
    expected = kernel(asked, unit_rows(1, EXAMPLES)) @ weights
    off = np.abs(votes.scores(asked) - expected)
    # 300 votes, each off by up to 0.002 in either direction.
    assert off.max() < 0.05, off.max()
    assert expected.std() > 1


def test_a_text_gets_the_same_scores_alone_and_among_many(votes: Votes) -> None:
    asked = unit_rows(6, 600)
    alone = np.concatenate([votes.scores(row[None]) for row in asked[::100]])
    np.testing.assert_allclose(votes.scores(asked)[::100], alone, atol=1e-4)


def test_no_texts_get_no_scores(votes: Votes) -> None:
    assert votes.scores(unit_rows(7, 0)).shape == (0, LABELS)


def test_votes_from_a_file_are_the_same(votes: Votes) -> None:
    again = pickle.loads(pickle.dumps(votes))
    asked = unit_rows(8, 3)
    np.testing.assert_array_equal(again.scores(asked), votes.scores(asked))


def test_an_example_without_numbers_votes_as_one_at_a_right_angle() -> None:
    nothing = np.zeros((1, DIMENSION), dtype=np.float32)
    with np.errstate(divide="raise", invalid="raise"):
        votes = Votes(Examples.of(nothing, np.ones((1, LABELS), dtype=np.float32)))
    np.testing.assert_allclose(votes.scores(unit_rows(9, 4)), np.exp(-2), rtol=1e-6)


def test_an_example_of_several_stands_once_with_the_votes_of_each(weights: Array) -> None:
    first = Examples.of(unit_rows(1, EXAMPLES), weights)
    second = Examples.of(np.concatenate([unit_rows(10, 7), unit_rows(1, 200)]), weights[:207, :2])
    joined = Examples.joined([first, second])
    assert joined.weights.shape == (EXAMPLES + 7, LABELS + 2)
    asked = unit_rows(11, 4)
    expected = [Votes(examples).scores(asked) for examples in (first, second)]
    scores = Votes(joined).scores(asked)
    np.testing.assert_allclose(scores, np.concatenate(expected, axis=1), atol=1e-3)


def test_an_example_that_one_model_knows_twice_votes_twice() -> None:
    twice = Examples.of(np.repeat(unit_rows(1, 1), 2, axis=0), np.ones((2, 1), dtype=np.float32))
    joined = Examples.joined([twice])
    np.testing.assert_array_equal(joined.weights, [[2.0]])
