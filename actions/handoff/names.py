"""First names in what people type: lower case, accents, surnames, spelled letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from actions.handoff.name_leads import lead_ends
from actions.handoff.tokens import language
from actions.handoff.vocabulary import entity_recogniser, is_description, is_thing, listed

MAX_CHARACTERS = 30
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['.-](?=[^\W\d_]))*\.?")
_SPELLED = re.compile(r"\b(?:[A-Za-z][\s.-]){2,}[A-Za-z]\b")
_CORRECTS = re.compile(r"^(?:no|nope|actually|sorry|oops|wait)\b|\bwith an? \w\b|\bmeant\b")
_PARTICLES = frozenset({"de", "la", "del", "y", "van", "von", "le"})
_STOPS = frozenset({",", ";", ".", "!", "-", "("})

Test = Callable[[Token], bool]


@dataclass(frozen=True)
class NameFound:
    """A first name for keeping, and the words of the full name as typed."""

    first_name: str
    raws: tuple[str, ...]


def find_name(doc: Doc, asked: bool, correcting: bool) -> NameFound | None:
    """Return the first name a message gives.

    Args:
        doc: the message with numbers, addresses and times taken out.
        asked: whether the form has just asked for the name.
        correcting: whether a name is known and this may put it right
            ("no its Marc with a c").
    """
    doc = language()(_SPELLED.sub(lambda match: re.sub(r"[\s.-]", "", match[0]), doc.text))
    corrects = correcting and _CORRECTS.search(doc.text.lower()) is not None
    likely = _not_a_description if asked or corrects else _unlike_english
    found = (
        _after_lead(doc, "sure", lambda token: True)
        or _after_lead(doc, "maybe", likely)
        or _before_here(doc, likely)
    )
    if found or not asked:
        return found
    return _bare(doc[:]) or _bare(_first_clause(doc), _not_a_description) or _recognised(doc)


def _after_lead(doc: Doc, certainty: str, likely: Test) -> NameFound | None:
    for start in lead_ends(doc, certainty):
        while start < len(doc) and _stands_before_name(doc[start]):
            start += 1
        if start < len(doc) and can_be_name(doc[start]) and likely(doc[start]):
            return _name_from(doc, start)
    return None


def _stands_before_name(token: Token) -> bool:
    return listed(token.text, "before_name") or listed(token.text.rstrip("."), "titles")


def _before_here(doc: Doc, likely: Test) -> NameFound | None:
    """Read "marcus here" and "bob speaking"."""
    words = [t for t in doc if not t.is_punct and (t.lower_ == "here" or not _is_filler(t))]
    if 2 <= len(words) <= 3 and words[-1].lower_ in ("here", "speaking"):
        first = words[0]
        if can_be_name(first) and likely(first):
            return _name_from(doc, first.i)
    return None


def _first_clause(doc: Doc) -> Span:
    """Return what stands before the first stop: "marcus" in "marcus, i have ptsd"."""
    stops = (t.i for t in doc if t.i and (t.text in _STOPS or t.lower_ in ("and", "y")))
    return doc[: next(stops, 0)]


def _bare(part: Span, likely: Test = lambda token: True) -> NameFound | None:
    """Read what is a name and nothing else: "marcus", "sure, Marcus Bell"."""
    words = [token for token in part if any(c.isalnum() for c in token.text)]
    while len(words) > 1 and (_is_filler(words[0]) or listed(words[0].text.rstrip("."), "titles")):
        words = words[1:]
    while len(words) > 1 and _is_filler(words[-1]):
        words = words[:-1]
    words = _without_spelling_hint(words)
    if not 1 <= len(words) <= 4 or not all(_NAME.fullmatch(word.text) for word in words):
        return None
    if not can_be_name(words[0]) or not all(_can_be_surname(word) for word in words[1:]):
        return None
    if len(words) > 1 and all(_is_english(word) for word in words):
        return None
    return _name_from(part.doc, words[0].i) if likely(words[0]) else None


def _is_filler(token: Token) -> bool:
    return listed(token.text, "filler")


def _without_spelling_hint(words: list[Token]) -> list[Token]:
    """Drop "with a c" and "without the h" at the end."""
    for i, word in enumerate(words):
        if i and word.lower_ in ("with", "without"):
            return words[:i]
    return words


def _recognised(doc: Doc) -> NameFound | None:
    """Ask the entity recogniser about a sentence with a capital inside."""
    if len(doc) > 30 or not any(token.text.istitle() for token in doc[1:]):
        return None
    for entity in entity_recogniser()(doc.text).ents:
        span = doc.char_span(entity.start_char, entity.end_char)
        if entity.label_ == "PERSON" and span is not None and can_be_name(span[0]):
            return _name_from(doc, span.start)
    return None


def can_be_name(token: Token) -> bool:
    """Tell whether a word may be a first name at all."""
    word = token.text
    if not _NAME.fullmatch(word) or len(word) > MAX_CHARACTERS:
        return False
    return listed(word, "word_names") or not listed(word.rstrip("."), "not_names")


def _can_be_surname(token: Token) -> bool:
    return can_be_name(token) or token.lower_ in _PARTICLES


def _is_english(token: Token) -> bool:
    word = token.text
    return not listed(word, "word_names") and (is_description(word) or is_thing(word))


def _not_a_description(token: Token) -> bool:
    return listed(token.text, "word_names") or not is_description(token.text)


def _unlike_english(token: Token) -> bool:
    return _not_a_description(token) and (token.text.istitle() or not is_thing(token.text))


def _name_from(doc: Doc, start: int) -> NameFound:
    """Take the first name at `start` and note the surname that may follow."""
    end = start + 1
    if end < len(doc) and _is_double(doc[start].text, doc[end].text):
        end += 1
    first_name = " ".join(_written(token.text) for token in doc[start:end])
    stop = end
    while stop < min(len(doc), end + 3) and _can_be_surname(doc[stop]):
        stop += 1
    raws = [doc[start:stop].text, doc[start:end].text]
    raws += [token.text for token in doc[end:stop] if len(token) > 2]
    return NameFound(first_name, tuple(dict.fromkeys([*raws, first_name])))


def _is_double(first: str, second: str) -> bool:
    return listed(first, "double_first") and listed(second, "double_second")


def _written(word: str) -> str:
    """Write a name the way its owner may: mixed case as given, "jt" as "JT"."""
    if word not in (word.lower(), word.upper()):
        return word
    if len(word) == 2 and not re.search(r"[aeiouy]", word.lower()):
        return word.upper()
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word.lower())
