"""Models that share what their examples say find what each finds alone."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.topics.evidence import OwnEvidence, SharedEvidence
from assistant.nlu.topics.meaning import Votes
from assistant.nlu.topics.model import TopicModel

WORDS = [
    "price",
    "cost",
    "pay",
    "drive",
    "car",
    "ride",
    "hurt",
    "pain",
    "needle",
    "hours",
    "open",
    "late",
]
TEXTS = [f"{first} {second}" for first in WORDS for second in WORDS]
TOPICS = [str(WORDS.index(text.split()[0]) // 3) for text in TEXTS]
DANGERS = ["danger" if "pain" in text else "none" for text in TEXTS[20:]]


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One direction for each word, added up."""
    vectors = np.zeros((len(texts), 64), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.split():
            vectors[row, WORDS.index(word)] += 1
    lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


@pytest.fixture(scope="module")
def alone() -> list[TopicModel]:
    return [
        TopicModel(meaning_weight=12.0).fit(TEXTS, TOPICS, encode),
        TopicModel(meaning_weight=8.0).fit(TEXTS[20:], DANGERS, encode),
    ]


@pytest.fixture
def together(alone: list[TopicModel]) -> list[TopicModel]:
    models = [copy.deepcopy(model) for model in alone]
    own = [model.evidence for model in models if isinstance(model.evidence, OwnEvidence)]
    for model, shared in zip(models, SharedEvidence.of(own), strict=True):
        model.evidence = shared
    return models


def asked(count: int) -> list[str]:
    return [f"{WORDS[n % 12]} {WORDS[n // 12 % 12]} {WORDS[n // 144]}" for n in range(count)]


@pytest.mark.parametrize("count", [1, 3, 200])
def test_each_says_what_it_says_alone(
    alone: list[TopicModel], together: list[TopicModel], count: int
) -> None:
    for own, model in zip(alone, together, strict=True):
        expected = own.probabilities(asked(count), encode)
        np.testing.assert_allclose(model.probabilities(asked(count), encode), expected, atol=1e-4)


def test_a_text_of_which_one_has_asked_is_not_read_again_for_the_other(
    together: list[TopicModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    scores = Votes.scores

    def counted(self: Votes, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        read.append(len(vectors))
        return scores(self, vectors)

    monkeypatch.setattr(Votes, "scores", counted)
    together[0].probabilities(asked(2), encode)
    together[1].probabilities(asked(3), encode)
    assert read == [2, 1]


def test_they_stay_together_in_another_process(together: list[TopicModel]) -> None:
    there = pickle.loads(pickle.dumps(together))
    assert there[0].evidence._found is there[1].evidence._found
    for here, model in zip(together, there, strict=True):
        expected = here.probabilities(asked(5), encode)
        np.testing.assert_array_equal(model.probabilities(asked(5), encode), expected)
