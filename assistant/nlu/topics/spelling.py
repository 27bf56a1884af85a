"""Corrects words that nobody writes on purpose, by the words of the training examples.

The sentence encoder cuts a mistyped word into pieces that mean nothing, so that
"how is it adminstred" lies far from "how is it administered". Words that the
examples or the encoder know are left alone: they may be meant.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from assistant.nlu.encoder.weights import packaged_file

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
_SHORT = 4
"""Shorter words have too many neighbours."""
_LONG = 8
"""From this length on two letters may be wrong."""
_MIN_SEEN = 2
"""Words seen only once in the examples may be typos themselves."""

_ABBREVIATIONS = {
    "u": "you", "ur": "your", "r": "are", "w": "with", "wat": "what", "wut": "what",
    "wats": "what is", "whats": "what is", "hows": "how is", "wheres": "where is",
    "whens": "when is", "ppl": "people", "evry1": "everyone", "every1": "everyone",
    "any1": "anyone", "sum1": "someone", "pls": "please", "plz": "please", "cuz": "because",
    "coz": "because", "bc": "because", "b4": "before", "tho": "though", "thru": "through",
    "rn": "right now", "hr": "hour", "hrs": "hours", "yrs": "years", "wks": "weeks",
    "tmrw": "tomorrow", "2day": "today", "gonna": "going to", "wanna": "want to",
    "gotta": "got to", "abt": "about", "cpl": "couple", "hav": "have", "rite": "right",
    "ket": "ketamine",
}  # fmt: skip


class Spelling:
    """A vocabulary, and for each way to lose a letter the words that it may have been."""

    def __init__(self, texts: Iterable[str], known: frozenset[str] = frozenset()) -> None:
        """Learn the words of `texts`; `known` are further words that are left alone."""
        seen = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._known = known | set(seen) | set(_ABBREVIATIONS)
        self._seen = {word: times for word, times in seen.items() if times >= _MIN_SEEN}
        self._neighbours: dict[str, list[str]] = defaultdict(list)
        for word in self._seen:
            if len(word) >= _SHORT and word.isalpha():
                for shortened in _shortened(word):
                    self._neighbours[shortened].append(word)

    def correct(self, text: str) -> str:
        """Return `text` with abbreviations written out and unknown words corrected."""
        return _WORD.sub(lambda match: self._word(match.group()), text)

    def _word(self, word: str) -> str:
        lower = word.lower()
        if lower in _ABBREVIATIONS:
            return _ABBREVIATIONS[lower]
        if lower in self._known or len(lower) < _SHORT or not lower.isalpha():
            return word
        return self._nearest(lower) or word

    def _nearest(self, word: str) -> str | None:
        """The most frequent word with the fewest letters lost, swapped, added, or changed."""
        lost: dict[str, int] = {}
        most = 2 * _wrong_letters(word)
        for shared in _shortened(word):
            for known in self._neighbours.get(shared, ()):
                letters = len(word) + len(known) - 2 * len(shared)
                if letters <= most and known[0] == word[0] and known + "s" != word:
                    lost[known] = min(letters, lost.get(known, letters))
        if not lost:
            return None
        return min(lost, key=lambda known: (lost[known], -self._seen[known]))


def _wrong_letters(word: str) -> int:
    """How many letters of `word` may be wrong."""
    return 2 if len(word) >= _LONG else 1


def _shortened(word: str) -> set[str]:
    """`word` and what is left of it without one letter, or two of a long word (as SymSpell)."""
    result = {word}
    for _ in range(_wrong_letters(word)):
        result |= {left[:i] + left[i + 1 :] for left in result for i in range(len(left))}
    return result


@lru_cache(maxsize=1)
def encoder_words() -> frozenset[str]:
    """Return the words that the encoder knows in one piece, some twenty thousand."""
    return frozenset(encoder_ranks())


@lru_cache(maxsize=1)
def encoder_ranks() -> dict[str, int]:
    """Return the encoder's words with their ids, which grow as the words get rarer."""
    vocabulary = json.loads(packaged_file("tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return dict(vocabulary)
