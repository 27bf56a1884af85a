"""Spanish messages: the gloss, and the model that reads it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.topics.gloss import gloss, glossary, unaccented
from assistant.nlu.topics.model import Matrix
from assistant.nlu.topics.spanish import SpanishTopics

LABELS = ["clinic/cost", "clinic/hours", "faq/onset"]
EXAMPLES = [
    ("¿cuánto cuesta?", "clinic/cost"),
    ("que precio tiene", "clinic/cost"),
    ("a que hora abren", "clinic/hours"),
    ("cual es el horario", "clinic/hours"),
]


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One direction for cost, one for hours, one for neither."""
    rows = [["cost" in text, "hour" in text or "open" in text, True] for text in texts]
    vectors = np.array(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def unsure(texts: Sequence[str]) -> Matrix:
    return np.full((len(texts), len(LABELS)), 1 / len(LABELS))


@pytest.fixture(scope="module")
def model() -> SpanishTopics:
    texts, labels = zip(*EXAMPLES, strict=True)
    return SpanishTopics(LABELS).fit(texts, labels, encode)


def test_the_gloss_is_english_where_a_word_is_known() -> None:
    assert gloss("¿Cuánto cuesta la sesión?") == "how much cost the session"
    assert gloss("zyprexa") == "zyprexa"


def test_glossary_words_have_no_accents() -> None:
    assert all(word == unaccented(word) for word in glossary())


@pytest.mark.parametrize(
    ("text", "label"), [("cuanto vale", "clinic/cost"), ("¿a qué hora cierran?", "clinic/hours")]
)
def test_words_never_seen_are_read_by_their_gloss(
    model: SpanishTopics, text: str, label: str
) -> None:
    (row,) = model.probabilities([text], encode, unsure)
    assert LABELS[int(row.argmax())] == label
    assert row.sum() == pytest.approx(1)


def test_the_english_model_raises_what_it_is_sure_of(model: SpanishTopics) -> None:
    def sure_of_onset(texts: Sequence[str]) -> Matrix:
        return np.tile([1e-9, 1e-9, 1.0], (len(texts), 1))

    (alone,) = model.probabilities(["xyz"], encode, unsure)
    (helped,) = model.probabilities(["xyz"], encode, sure_of_onset)
    assert helped[2] > 10 * alone[2]
