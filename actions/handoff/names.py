"""First names in what people type: lower case, accents, surnames, spelled letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.matcher import Matcher
from spacy.tokens import Doc, Token

from actions.handoff.tokens import language
from actions.handoff.vocabulary import entity_recogniser, is_description, is_thing, listed

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?")
_SPELLED = re.compile(r"\b(?:[A-Za-z][\s.-]){2,}[A-Za-z]\b")
_BETWEEN_LEAD_AND_NAME = frozenset(
    ["actually", "just", "uh", "um", "called", "is", "the", "really", "only", ":", ",", "-", "–", "=", "not", "spelled", "with"]
)
_FILLER = frozenset(
    ["sure", "ok", "okay", "yes", "yeah", "yep", "hi", "hello", "hey", "thanks", "thank", "you", "please", "pls", "um", "uh", "well", "oh", "so", "and", "its", "just", "here", "no", "sorry", "actually", "fine", "alright", "it's", "hiya"]
)


@dataclass(frozen=True)
class NameFound:
    """A first name for keeping, and the words of the full name as typed."""

    first_name: str
    raws: tuple[str, ...]


def _token(*words: str, op: str | None = None) -> dict[str, object]:
    return {"LOWER": {"IN": list(words)}} | ({"OP": op} if op else {})


@lru_cache(maxsize=1)
def _leads() -> Matcher:
    """Match what stands before a name: "call me" leaves no doubt, "im" does."""
    name = ("name", "nombre")
    sure = [
        [_token(*name), _token("is", "was", "would", "will", "should", "es"), _token("be", op="?")],
        [_token("name's", "names", "name’s")],
        [_token("first"), _token(*name), _token(":", "is", op="?")],
        [_token(*name), _token(":", "-", "=")],
        [_token(*name)],
        [_token("call", "calls"), _token("me")],
        [_token("go", "goes"), _token("by")],
        [_token("me"), _token("llamo")],
        [_token("put"), _token("me", op="?"), _token("down", op="?"), _token("as", "under")],
        [_token("ask"), _token("for")],
        [_token("spelled", "spelt"), _token("like", "as", ":", op="?")],
    ]
    maybe = [
        [_token("i'm", "im", "i’m", "its", "it's", "it’s", "soy")],
        [_token("i"), _token("am")],
        [_token("it", "this"), _token("is")],
        [_token("for")],
        [_token("i", op="?"), _token("meant", "mean")],
    ]
    matcher = Matcher(language().vocab)
    matcher.add("sure", sure)
    matcher.add("maybe", maybe)
    return matcher


def find_name(doc: Doc, asked: bool, correcting: bool) -> NameFound | None:
    """Return the first name a message gives.

    Args:
        doc: the message with numbers, addresses and times taken out.
        asked: whether the form has just asked for the name.
        correcting: whether a name is known and this may put it right
            ("no its Marc with a c").
    """
    doc = language()(_SPELLED.sub(lambda m: re.sub(r"[\s.-]", "", m[0]), doc.text))
    found = _after_lead(doc, "sure", lambda token: True)
    if found:
        return found
    open_to_names = asked or _is_correction(doc, correcting)
    likely = _not_a_description if open_to_names else _unlike_english
    found = _after_lead(doc, "maybe", likely) or _before_here(doc, likely)
    if found or not asked:
        return found
    return _bare(doc) or _recognised(doc)


def _is_correction(doc: Doc, correcting: bool) -> bool:
    return correcting and bool(
        re.search(
            r"^(?:no|nope|actually|sorry|oops|wait)\b|\bwith an? \w\b|\bmeant\b", doc.text.lower()
        )
    )


def _after_lead(doc: Doc, rule: str, likely) -> NameFound | None:  # type: ignore[no-untyped-def]
    hits = sorted(_leads()(doc, as_spans=True), key=lambda span: (-span.end, span.start))
    for span in hits:
        if span.label_ != rule or (
            span.start and doc[span.start - 1].lower_ in ("last", "sur", "family")
        ):
            continue
        start = span.end
        while start < len(doc) and (
            doc[start].lower_ in _BETWEEN_LEAD_AND_NAME
            or listed(doc[start].text.rstrip("."), "titles")
        ):
            start += 1
        if start < len(doc) and can_be_name(doc[start]) and likely(doc[start]):
            return _name_from(doc, start)
    return None


def _before_here(doc: Doc, likely) -> NameFound | None:  # type: ignore[no-untyped-def]
    """Read "marcus here" and "bob speaking"."""
    words = [
        token for token in doc if not token.is_punct and token.lower_ not in _FILLER - {"here"}
    ]
    if 2 <= len(words) <= 3 and words[-1].lower_ in ("here", "speaking"):
        first = words[0]
        if can_be_name(first) and likely(first):
            return _name_from(doc, first.i)
    return None


def _bare(doc: Doc) -> NameFound | None:
    """Read a message that is a name and nothing else: "marcus", "Marcus Bell"."""
    words = [token for token in doc if any(c.isalnum() for c in token.text)]
    while words and (words[0].lower_ in _FILLER or listed(words[0].text.rstrip("."), "titles")):
        if len(words) == 1:
            break
        words = words[1:]
    while len(words) > 1 and words[-1].lower_ in _FILLER:
        words = words[:-1]
    words = _without_spelling_hint(words)
    if not 1 <= len(words) <= 4 or not all(_NAME.fullmatch(word.text) for word in words):
        return None
    if not can_be_name(words[0]) or any(not _can_be_surname(word) for word in words[1:]):
        return None
    if len(words) > 1 and all(_is_english(word) for word in words):
        return None
    return _name_from(doc, words[0].i)


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
    if not _NAME.fullmatch(word) or len(word) > 30:
        return False
    return listed(word, "word_names") or not listed(word.rstrip("."), "not_names")


def _can_be_surname(token: Token) -> bool:
    return can_be_name(token) or token.lower_ in ("de", "la", "del", "y", "van", "von", "le")


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
    while (
        stop < min(len(doc), end + 3)
        and _can_be_surname(doc[stop])
        and _NAME.fullmatch(doc[stop].text)
    ):
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
    if len(word) == 2 and word.isupper() and not re.search(r"[aeiouy]$", word.lower()):
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word.lower().replace("’", "'"))
