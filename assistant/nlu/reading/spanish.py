"""Whether a message is Spanish or English, by the words and signs in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.es.stop_words import STOP_WORDS as SPANISH

from assistant.nlu.topics.gloss import glossary, unaccented
from assistant.nlu.topics.spelling import encoder_ranks

Language = Literal["en", "es"]
LANGUAGE = "language"
"""The slot that holds the conversation's language."""
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[¿¡ñáéíóú]", re.IGNORECASE)
_ENDINGS = re.compile(
    r".{3}(?:ci[oó]n|ciones|mente|iendo|ando|dad|arme|erme|irme|arlo|enme|[aeo]sto)$"
)
_COMMON = 6000
"""Words of the encoder with lower ids are English, unless they stand below."""
_COMMONEST = 2500
_FUNCTION = frozenset(
    {
        "la", "el", "los", "las", "de", "del", "en", "es", "un", "una", "por", "con", "para",
        "mi", "su", "se", "lo", "al", "le", "que", "si", "sí", "ya", "son", "está", "esta",
        "hola", "adios", "gracias", "numero", "clinica", "favor", "chao",
    }
)  # fmt: skip
_BOTH = frozenset(
    {
        "yo", "a", "y", "o", "q", "da", "me", "no", "ok", "okay", "yes", "hi", "hello", "hey",
        "thanks", "bye", "n",
    }
)  # fmt: skip
"""Said in either language, and kept in that of the conversation."""
_ENGLISH_TOO = frozenset(
    {
        "bot", "zoom", "diabetes", "keta", "ketamin", "nasal", "spray", "hospital", "doctor",
        "video", "infusion", "total", "usa",
    }
)  # fmt: skip


def language_of(text: str) -> Language | None:
    """Return the language that most words of `text` belong to; None when nothing tells."""
    words = _WORD.findall(text.casefold())
    spanish = sum(map(_is_spanish, words)) + bool(_SIGNS.search(text))
    english = sum(map(_is_english, words))
    if spanish > english and spanish * 5 >= len(words):
        return "es"
    return "en" if english > spanish else None


def is_spanish(text: str) -> bool:
    """Tell whether `text` is Spanish by itself."""
    return language_of(text) == "es"


def is_spanish_in(text: str, tracker: DialogueStateTracker | None) -> bool:
    """Tell whether `text` is Spanish, or leaves it open in a Spanish conversation ("no")."""
    return (language_of(text) or conversation_language(tracker)) == "es"


def is_marked_spanish(example: Message) -> bool:
    """Tell whether a training example stands under `metadata: {language: es}`."""
    marks = (example.get("metadata") or {}).get("intent") or {}
    return bool(marks.get("language") == "es")


def conversation_language(tracker: DialogueStateTracker | None) -> Language:
    """Return the language of the conversation so far."""
    slot: Any = tracker.slots.get(LANGUAGE) if tracker else None
    return "es" if slot is not None and slot.value == "es" else "en"


def _is_spanish(word: str) -> bool:
    if word in spanish_words():
        return True
    return word not in encoder_ranks() and _ENDINGS.match(word) is not None


def _is_english(word: str) -> bool:
    if word in _BOTH or _is_spanish(word):
        return False
    return word in ENGLISH or encoder_ranks().get(word, _COMMON) < _COMMON


@lru_cache(maxsize=1)
def spanish_words() -> frozenset[str]:
    """Return the telling words of Spanish, with and without accents: none that English has."""
    listed = {word for word in SPANISH if len(word) > 1} | set(glossary())
    both_ways = listed | {unaccented(word) for word in listed}
    common = {word for word in both_ways if encoder_ranks().get(word, _COMMON) < _COMMONEST}
    return frozenset((both_ways - common - ENGLISH - _ENGLISH_TOO) | _FUNCTION) - _BOTH
