"""Names that people give, and words that the contact form has named as private."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*"
_GIVEN = re.compile(
    r"\b(?P<lead>(?i:(?:my|the patient's) (?:(?:first|last|full) )?name(?:['\u2019]s| is)"
    r"|(?:(?:first|last|full) )?name ?[:=]|me llamo|mi nombre es)\s+)"
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
)
# These also begin ordinary sentences, so only a capital makes a name of what follows.
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['\u2019\-][^\W\d_]+)*"
_SAID = re.compile(
    r"\b(?P<lead>(?i:call me|this is|i(?:['\u2019]m| am) called)\s+)"
    rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})?)"
    r"(?=\s*(?:[.,!;\n]|$|and\b|here\b|speaking\b|calling\b|from\b))"
)
_ORDINARY = """
    a about already an and anonymous any are at back because before but by call can cell
    confidential could do does don't email english first for from going here how i i'd i'll i'm
    i've if im important in irrelevant is it it's its just ketamine later list listed my no none
    not now of on or our out phone please private question secret so spanish spravato still
    esketamine text that the there they this to today tomorrow too under up was we what when where
    who why will with would wrong y yes you your pero mi en es no el la un una monday tuesday
    wednesday thursday friday saturday sunday
"""
_NO_NAMES = frozenset(_ORDINARY.split())
_PLACEHOLDER = re.compile(r"(\[(?:phone|email|card|ssn|date of birth|name|private)\])")


def redact_given_names(text: str) -> str:
    """Replace names after "my name is" and the like by [name]."""
    return _SAID.sub(_replace_name, _GIVEN.sub(_replace_name, text))


def _replace_name(match: re.Match[str]) -> str:
    words = match["name"].split(" ")
    if words[0].lower() in _NO_NAMES:
        return match[0]
    capital = words[0][0].isupper()
    count = 1
    while count < len(words) and _continues(words[count], capital):
        count += 1
    rest = "".join(f" {word}" for word in words[count:])
    return f"{match['lead']}[name]{rest}"


def _continues(word: str, capital: bool) -> bool:
    if capital:
        return word[0].isupper() and word.lower() not in _NO_NAMES
    return word.lower() not in _NO_NAMES and not word.endswith("ing")


def redact_private_words(text: str, private_words: Iterable[str]) -> str:
    """Replace whole words, whatever their case and accents, by [name] or [private]."""
    pattern = _pattern(private_words)
    if pattern is None:
        return text
    pieces = _PLACEHOLDER.split(text)
    pieces[::2] = [_replace_private(piece, pattern) for piece in pieces[::2]]
    return "".join(pieces)


def _pattern(private_words: Iterable[str]) -> re.Pattern[str] | None:
    phrases = {fold(phrase)[0].strip() for phrase in private_words}
    # "Marcus Bell" may come back as "Marcus" in a reply.
    parts = {
        part
        for phrase in phrases
        if len(phrase.split()) <= 3
        for part in phrase.split()
        if len(part) >= 3 and part.isalpha()
    }
    longest_first = sorted((phrases | parts) - {""}, key=len, reverse=True)
    if not longest_first:
        return None
    spelled = (r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")


def _replace_private(text: str, pattern: re.Pattern[str]) -> str:
    folded, places = fold(text)
    result, done = [], 0
    for match in pattern.finditer(folded):
        start, end = places[match.start()], places[match.end()]
        has_digit = any(character.isdigit() for character in match[0])
        result += [text[done:start], "[private]" if has_digit else "[name]"]
        done = end
    return "".join([*result, text[done:]])


def fold(text: str) -> tuple[str, list[int]]:
    """Return `text` without case and accents, and where each character of it came from.

    The list has one place more than the folded text: the end of `text`.
    """
    folded: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(part):
                folded.append(part)
                places.append(index)
    # A match that ends before a combining mark takes the mark with it.
    ends = [*places[1:], len(text)] if places else []
    return "".join(folded), [*places, ends[-1] if ends else len(text)]
