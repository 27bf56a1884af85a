"""The tokens that the form's rules match on.

spaCy's English tokenizer splits "dont", "im" and "name's" and keeps "3-5pm"
whole; names and times need it the other way round.
"""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

_SIGN = r"[,;:!?()\"/&+|]"
_INFIX = re.compile(
    r"(?<!\d):|:(?!\d)|[,;!?()\"/&+|]|\.(?!m)(?=\w{2})|(?<=\d)-(?=\d)|(?<=m)-(?=\d)"
    r"|(?<=\d)(?=[a-zA-Z])"
)
_PREFIX = re.compile(rf"^(?:{_SIGN}|['\-.])")
_SUFFIX = re.compile(rf"(?:{_SIGN}|['\-.])$")


@lru_cache(maxsize=1)
def language() -> Language:
    """Return a blank English pipeline with the tokenizer of the form."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=_PREFIX.search,
        suffix_search=_SUFFIX.search,
        infix_finditer=_INFIX.finditer,
    )
    return nlp


def tokens(text: str) -> Doc:
    """Split a text into the form's tokens."""
    return language()(text)


def plain(text: str) -> str:
    """Return the words of a text alone: lower case, no apostrophes, no signs."""
    text = re.sub(r"['\u2019`]", "", text.lower())
    return " ".join(re.sub(r"[^\w\s]", " ", text).split())
