"""Whether a message is keys hit at random ("asdfgh", "sdkjfh ksjdhf").

Cautious on purpose: a rare word, a name, a drug or another language must not be
taken for it, while mashed keys that slip through are only asked about.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH

from assistant.nlu.reading.letters import letter_model
from assistant.nlu.topics.spelling import encoder_words

_TOKEN = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"(.)\1{2,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {key: (y, x + y / 2) for y, keys in enumerate(_ROWS) for x, key in enumerate(keys)}
_REACH = 1.3
"""Keys this far apart, in widths of a key, are neighbours."""
_RUN = 0.8
"""From this share of neighbouring pairs on, a finger slid over the keys."""
_RUN_UNLIKELY = -3.0
_UNLIKELY = -3.4
"""Mean log probabilities of a letter, below which a word is unlikely."""
_UNSPEAKABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{4}|^[^aeiouy]+$|[aeiou]{5}|(..)\1\1")
_LONG_ENOUGH = 5
"""Shorter words are judged by the keys alone: PTSD and BCBS look like no word either."""
_LONGEST_ACRONYM = 6
_ACRONYMS = frozenset({"cptsd", "mthfr", "niddm"})
_SWITCHES = 3
"""So many changes between letters and digits are no dose and no time ("a8s7d")."""
_LETTERS = str.maketrans("01345789", "oieastbg")


def is_gibberish(text: str) -> bool:
    """Tell whether every word of `text` is mashed keys, and there is one at least."""
    words = [word for word in _TOKEN.findall(text) if not word.isdigit()]
    telling = [word for word in words if len(word) > 2]
    if not telling or any(word.lower() in ENGLISH for word in words):
        return False
    return all(map(_is_mashed, telling))


def _is_mashed(word: str) -> bool:
    plain = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    if len(plain) < len(word):
        return False  # Letters of another alphabet.
    if not plain.isalpha():
        return _switches(plain) >= _SWITCHES and _is_unlikely(plain.translate(_LETTERS))
    if len(set(plain)) == 1 or _is_run(plain):
        return True
    if word.isupper() and len(word) <= _LONGEST_ACRONYM:
        return False
    return not _is_known(plain) and _is_unlikely(plain)


def _is_known(word: str) -> bool:
    squeezed = (_REPEATED.sub(r"\1" * times, word) for times in (1, 2))
    return word in _ACRONYMS or not encoder_words().isdisjoint((word, *squeezed))


def _is_unlikely(word: str) -> bool:
    if len(word) < _LONG_ENOUGH or not _UNSPEAKABLE.search(word):
        return False
    return letter_model().likeness(word) < _UNLIKELY


def _is_run(word: str) -> bool:
    """Tell whether the word is slid over the keys: "asdf", "qwerty", "jkl"."""
    pairs = list(pairwise(word))
    close = sum(_are_neighbours(first, second) for first, second in pairs)
    if close < _RUN * len(pairs) or len(set(word)) < 3:
        return False
    if len(word) == 3:
        return not _is_known(word) and set(word).isdisjoint("aeiou")
    return letter_model().likeness(word) < _RUN_UNLIKELY


def _are_neighbours(first: str, second: str) -> bool:
    (row, column), (other_row, other_column) = _KEYS[first], _KEYS[second]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= _REACH


def _switches(word: str) -> int:
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(word))
