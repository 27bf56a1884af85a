"""N-grams say what scikit-learn's vectors say, alone and for several models together."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.topics.ngrams import Ngrams, NgramVotes

Array = NDArray[np.float32]
TEXTS = ["how much is it", "is it safe", "how long does it last", "what is it", "is it is it"]
OTHERS = ["is it legal", "how much", "who are you"]
ASKED = ["how much is that", "it it it", "zzz", "", "IS IT SAFE, how long?"]


def learn(texts: list[str], labels: int) -> tuple[Ngrams, NgramVotes, Array]:
    ngrams = Ngrams()
    count = ngrams.fit(texts).shape[1]
    weights = np.random.default_rng(labels).normal(size=(count, labels)).astype(np.float32)
    return ngrams, ngrams.votes(weights), weights


@pytest.mark.parametrize("texts", [TEXTS, OTHERS])
def test_the_scores_are_those_of_scikit_learns_vectors(texts: list[str]) -> None:
    ngrams, votes, weights = learn(texts, 3)
    vectors = np.concatenate([own.transform(ASKED).toarray() for own in ngrams._vectorizers], 1)
    np.testing.assert_allclose(votes.scores(ASKED), vectors @ weights, atol=5e-3)


def test_a_text_without_any_known_ngram_says_nothing() -> None:
    with np.errstate(divide="raise", invalid="raise"):
        assert not learn(TEXTS, 3)[1].scores(["qqq", "", "?"]).any()


def test_several_say_together_what_each_says_alone() -> None:
    several = [learn(TEXTS, 3)[1], learn(OTHERS, 2)[1], learn(TEXTS[:2], 4)[1]]
    expected = np.concatenate([votes.scores(ASKED) for votes in several], axis=1)
    np.testing.assert_allclose(NgramVotes.joined(several).scores(ASKED), expected, atol=1e-6)


def test_votes_from_a_file_are_the_same() -> None:
    votes = learn(TEXTS, 3)[1]
    again = pickle.loads(pickle.dumps(votes))
    np.testing.assert_array_equal(again.scores(ASKED), votes.scores(ASKED))
