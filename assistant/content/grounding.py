"""Whether an answer says what the article says, and nothing that stays out of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.content.article import Passage

_QUOTED = re.compile(r'"([^"]+)"')
_CURLY = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})  # noqa: RUF001
_WORD = re.compile(r"[\w']+")
_SHINGLE = 5


def plain(text: str) -> str:
    """`text` with straight quotes and single spaces; case and words untouched."""
    return " ".join(text.translate(_CURLY).split())


def quotes(text: str) -> list[str]:
    """The texts between double quotes, without the comma or stop put inside them."""
    return [quote.strip().rstrip(".,;:") for quote in _QUOTED.findall(plain(text))]


def is_verbatim(quote: str, passages: Iterable[Passage]) -> bool:
    """Whether one of the passages has `quote` word for word, in words that may be said."""
    return any(
        plain(quote) in plain(passage.text)
        and not any(phrase in plain(quote) for phrase in passage.without)
        for passage in passages
    )


def kept_out(text: str, passages: Iterable[Passage]) -> Iterator[tuple[Passage, str]]:
    """Passages kept out of answers that `text` repeats five words in a row of, and those words."""
    passages = list(passages)
    allowed = {s for passage in passages if passage.for_answers for s in _shingles(passage.text)}
    said = _shingles(text)
    for passage in passages:
        if not passage.for_answers and (shared := said & (_shingles(passage.text) - allowed)):
            yield passage, " ".join(min(shared))


def forbidden_words(text: str, passages: Iterable[Passage]) -> Iterator[tuple[Passage, str]]:
    """Words of a passage that no answer repeats (its `without`), where `text` has them."""
    words = " ".join(_words(text))
    for passage in passages:
        for phrase in passage.without:
            if re.search(rf"\b{re.escape(phrase.casefold())}\b", words):
                yield passage, phrase


@lru_cache(maxsize=1024)  # the passages are compared with every answer
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text).casefold())
