"""How much a word looks like one, by which letters follow each other in words we know."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import chain

from assistant.nlu.topics.spelling import encoder_words

_EDGE, _END = "^^", "$"
_SMOOTHING = 0.5
_SYMBOLS = 27
"""Twenty-six letters and the end of a word."""
_SHORTEST = 3


class LetterModel:
    """A trigram model of letters (Shannon 1948) with additive smoothing."""

    def __init__(self, words: frozenset[str]) -> None:
        """Count the letters of `words`."""
        plain = (w for w in words if w.isascii() and w.isalpha() and len(w) >= _SHORTEST)
        self._threes = Counter(chain.from_iterable(map(_threes, plain)))
        self._twos: Counter[str] = Counter()
        for three, times in self._threes.items():
            self._twos[three[:2]] += times

    def likeness(self, word: str) -> float:
        """Return the mean log probability of a letter: about -2.5 for words, -4 for mashed keys."""
        threes = _threes(word.lower())
        return sum(map(self._log_probability, threes)) / len(threes)

    def _log_probability(self, three: str) -> float:
        seen = self._threes[three] + _SMOOTHING
        return math.log(seen / (self._twos[three[:2]] + _SMOOTHING * _SYMBOLS))


def _threes(word: str) -> list[str]:
    padded = f"{_EDGE}{word}{_END}"
    return [padded[i - 2 : i + 1] for i in range(2, len(padded))]


@lru_cache(maxsize=1)
def letter_model() -> LetterModel:
    """Return the model of the encoder's words, counted once."""
    return LetterModel(encoder_words())
