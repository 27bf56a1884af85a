"""Turns what a person typed into the plain words that the safety rules are written in.

Every rule sees "i do not want to live", whether the message said "I dont wanna live",
"i d0n't want to l.i.v.e" or "I don't want to liiive". The original is kept beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from spacy.matcher.levenshtein import levenshtein

from assistant.nlu.safety.spelling import (
    CONFUSABLES,
    CONTRACTIONS,
    END,
    FILLERS,
    LEET,
    MANY,
    NAMED_NUMBERS,
    NUMBER,
    NUMBER_WORDS,
    PAIRS,
    SUFFIXES,
    SYMBOLS,
    TO_VERBS,
)

_SPACED = re.compile(r"(?<![\w'])(?:[a-z](?:[\s.\-_*,/|~]{1,3})){2,}[a-z](?![\w'])")
_CHUNK = re.compile(r"\S+")
_EDGES = re.compile(r"^[^\w$@]+|[^\w$]+$")
_ENDS = re.compile(r"[.!?;:]")
_NUMBER = re.compile(r"^[$#]?\d+(?:[.,/:]\d+)*$")
_NUMBER_UNIT = re.compile(r"^(\d+(?:[.,]\d+)*)([a-z]+)$")
_INNER = re.compile(r"[^\w']+|_+")
_REPEAT = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
_MAX_LEET_FORMS = 64
_TO, _FOR = "2", "4"


@dataclass(frozen=True)
class Normalized:
    """A message as it came and as the rules read it; END tokens stand between sentences."""

    original: str
    tokens: tuple[str, ...]


def clean(text: str) -> str:
    """Return `text` in NFKC and lower case, without accents, zero-width or look-alike letters."""
    text = unicodedata.normalize("NFKC", text).translate(SYMBOLS)
    decomposed = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf", "Me"))
    if any(c.isascii() and c.isalpha() for c in plain):
        plain = plain.translate(CONFUSABLES)
    return plain


def expand(word: str) -> tuple[str, ...]:
    """Return the words that one typed word stands for: "don't" gives ("do", "not")."""
    bare = word.replace("'", "")
    if bare in CONTRACTIONS:
        return CONTRACTIONS[bare]
    for suffix, words in SUFFIXES.items():
        if word.endswith(suffix) and len(word) > len(suffix):
            return (word.removesuffix(suffix), *words)
    return (bare,) if bare else ()


class Normalizer:
    """Normalises messages against the words that the rules use.

    Args:
        lexicon: every word that occurs in a rule. A word in it is never altered.
        sensitive: the words worth recovering from misspelling and disguise.
    """

    def __init__(self, lexicon: Iterable[str] = (), sensitive: Iterable[str] = ()) -> None:
        self.lexicon = frozenset(lexicon)
        self.sensitive = frozenset(sensitive)
        self._squeezed = {_DOUBLE.sub(r"\1", word): word for word in sorted(self.lexicon)}
        self._long = [word for word in sorted(self.sensitive) if len(word) >= 6]
        self._resolve = lru_cache(maxsize=8192)(self._resolve_chunk)
        self._longest = max(map(len, self.lexicon), default=0)

    def __call__(self, text: str) -> Normalized:
        """Return `text` with its tokens."""
        plain = _SPACED.sub(self._join_letters, clean(text))
        tokens: list[str] = []
        for match in _CHUNK.finditer(plain):
            tokens.extend(self._resolve(match.group()))
        return Normalized(text, tuple(self._join_pairs(tokens)))

    def _join_letters(self, match: re.Match[str]) -> str:
        joined = re.sub(r"[^a-z]", "", match.group())
        words = self._segment(joined)
        return " ".join(words) if words else match.group()

    def _resolve_chunk(self, chunk: str) -> tuple[str, ...]:
        core = _EDGES.sub("", chunk)
        tail = chunk[chunk.rfind(core) + len(core) :] if core else chunk
        end = (END,) if _ENDS.search(tail) else ()
        return (*self._words(core), *end) if core else end

    def _words(self, core: str) -> tuple[str, ...]:
        if core in NUMBER_WORDS:
            return (MANY,)
        if core in self.lexicon:
            return (core,)
        if core in CONTRACTIONS:
            return CONTRACTIONS[core]
        if _NUMBER.match(core):
            return (core,) if core in NAMED_NUMBERS or core in (_TO, _FOR) else (_number(core),)
        return self._recover(core) or self._split(core)

    def _recover(self, core: str) -> tuple[str, ...]:
        """Return the rule's words hidden in a disguised or misspelt word, or nothing."""
        for attempt in (self._unstretch, self._unleet, self._unmask, self._untypo):
            word = attempt(core)
            if word:
                return expand(word)
        words = self._segment(core) if len(core) >= 8 and core.isalpha() else ()
        return words if self.sensitive.intersection(words) else ()

    def _unstretch(self, core: str) -> str:
        short = _REPEAT.sub(r"\1", core)
        trailing = len(core) >= 4 and core[-1] == core[-2]
        if short == core and not trailing:
            return ""
        return self._squeezed.get(_DOUBLE.sub(r"\1", core), "")

    def _unleet(self, core: str) -> str:
        if len(core) < 3 or not any(c in LEET for c in core) or core.isnumeric():
            return ""
        options = [LEET.get(c, c) for c in core]
        for count, letters in enumerate(product(*options)):
            word = "".join(letters)
            if word in self.lexicon or word in CONTRACTIONS:
                return word
            if count >= _MAX_LEET_FORMS:
                break
        return ""

    def _unmask(self, core: str) -> str:
        if "*" not in core.strip("*"):
            return ""
        shape = re.compile(re.escape(core).replace(r"\*", "[a-z]"))
        return next((word for word in sorted(self.sensitive) if shape.fullmatch(word)), "")

    def _untypo(self, core: str) -> str:
        if len(core) < 5 or not core.isalpha():
            return ""
        return next((word for word in self._long if _is_typo(core, word)), "")

    def _split(self, core: str) -> tuple[str, ...]:
        pieces = [piece for piece in _INNER.split(core) if piece]
        if len(pieces) > 1:
            if not all(piece in self.lexicon for piece in pieces):
                joined = "".join(pieces)
                if joined in self.lexicon:
                    return (joined,)
            return tuple(word for piece in pieces for word in self._words(piece))
        unit = _NUMBER_UNIT.match(core)
        if unit:
            return (_number(unit.group(1)), *self._words(unit.group(2)))
        return expand(pieces[0]) if pieces else ()

    def _segment(self, letters: str) -> tuple[str, ...]:
        """Split letters that were written without spaces into the fewest words of the rules."""
        if len(letters) > 60:
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
        for stop in range(1, len(letters) + 1):
            for start in range(max(0, stop - self._longest), stop):
                before, word = best[start], letters[start:stop]
                if before is None or not self._is_word(word):
                    continue
                best_here = best[stop]
                if best_here is None or len(before) + 1 < len(best_here):
                    best[stop] = (*before, word)
        return tuple(w for word in best[-1] or () for w in expand(word))

    def _is_word(self, word: str) -> bool:
        if len(word) == 1:
            return word in ("i", "a")
        return word in self.lexicon or (len(word) > 2 and word in CONTRACTIONS)

    def _join_pairs(self, tokens: list[str]) -> list[str]:
        joined: list[str] = []
        for token in tokens:
            before = joined[-1] if joined else ""
            pair = PAIRS.get((before, token))
            if pair is not None:
                joined[-1:] = pair
            elif before and before not in self.lexicon and before + token in self.sensitive:
                joined[-1] = before + token
            elif token == "too" and before in TO_VERBS:  # noqa: S105
                joined.append("to")
            elif token == _TO:
                joined.append("to" if before in TO_VERBS else NUMBER)
            elif token == _FOR:
                joined.append("for" if before.isalpha() else NUMBER)
            elif token not in FILLERS:
                joined.append(token)
        return joined


def _number(digits: str) -> str:
    whole = re.sub(r"\D.*", "", digits.lstrip("$#"))
    return NUMBER if len(whole) < 2 and whole < "5" else MANY


def _is_typo(typed: str, word: str) -> bool:
    """One edit, or two neighbouring letters swapped; the first letter is rarely wrong."""
    if typed[0] != word[0] or abs(len(typed) - len(word)) > 1:
        return False
    if levenshtein(typed, word, 1) <= 1:
        return True
    if len(typed) != len(word):
        return False
    wrong = [i for i, (a, b) in enumerate(zip(typed, word, strict=True)) if a != b]
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(typed) == sorted(word)
