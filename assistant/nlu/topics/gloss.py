"""Puts Spanish into English word by word, for the sentence encoder, which knows English only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

_WORD = re.compile(r"\w+")


def unaccented(text: str) -> str:
    """Return `text` in lower case without accents, as people type it on phones."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in apart if not unicodedata.combining(character))


def gloss(text: str) -> str:
    """Return the words of `text` in English, those without an entry in gloss.yml as they are."""
    return " ".join(glossary().get(word, word) for word in _WORD.findall(unaccented(text)))


@lru_cache(maxsize=1)
def glossary() -> dict[str, str]:
    """Return the English for each Spanish word."""
    file = Path(__file__).with_suffix(".yml")
    entries = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return {word: english for english, words in entries.items() for word in words.split()}
