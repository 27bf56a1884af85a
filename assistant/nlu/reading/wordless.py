"""Messages without words: blank, signs, a number, emoji, or keys hit at random."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from assistant.nlu.reading.gibberish import is_gibberish

Wordless = Literal["blank", "signs", "number", "emoji", "sad_emoji", "gibberish"]

BLANK = "…"
"""Stands for a message of which nothing can be seen; channels hand on no empty text."""
_SAD = frozenset("😢😭😞😔😟😣😖😫😩😥😰😨😓😪🥺🥹😿💔☹🙁🥀🖤😧😦🤕😵")
_SAD_SIGNS = re.compile(
    r"[:;=]['\u2019,]?-?[(\[{<cC/\\]+(?!\w)|</3|[dD]-?['\u2019]?:|[tT][_.][tT]|;[_-];|[qQ][_.][qQ]"
)
_GLAD_SIGNS = re.compile(r"[:;=xX8]-?[)\]}DPp3oO*]+|<3|\^[_.]?\^|[xX][dD]+|[oO][_.][oO]")
_YES = frozenset("👍👌✅✔☑🆗")
_DRESSING = frozenset("\ufe0e\ufe0f\u200d\u20e3")
_LETTER_WORDS = frozenset("ainkruyo")
"""Letters that stand for words: I, no, okay, are, you, yes."""
_NUMBER = re.compile(r"[\d\s().+#,:/*%$-]*\d[\d\s().+#,:/*%$-]*")


def wordless(text: str) -> Wordless | None:
    """Return in which way `text` says nothing in words; None when it has words."""
    shown = "".join(text.split())
    if not shown or shown == BLANK:
        return "blank"
    if _NUMBER.fullmatch(shown):
        return "number"
    faces = _faces(shown)
    if faces:
        return faces
    if not any(character.isalnum() for character in shown):
        return "signs"
    lone = len(shown) == 1 and shown.lower() not in _LETTER_WORDS and shown.isascii()
    return "gibberish" if lone or is_gibberish(text) else None


def says_yes(text: str) -> bool:
    """Tell whether a message of signs alone agrees: a thumb up, a tick."""
    signs = _pictures(text)
    return bool(signs) and set(signs) <= _YES and wordless(text) == "emoji"


def _faces(shown: str) -> Literal["emoji", "sad_emoji"] | None:
    """Read emoji, and faces made of signs; None when anything else is there."""
    pictures = _pictures(shown)
    without_sad = _SAD_SIGNS.sub("", shown)
    rest = _GLAD_SIGNS.sub("", without_sad)
    if any(c.isalnum() for c in rest) or not (pictures or rest != shown):
        return None
    sad = bool(_SAD & set(pictures)) or without_sad != shown
    return "sad_emoji" if sad else "emoji"


def _pictures(text: str) -> str:
    """Return the emoji of a text, without skin tones and what joins them."""
    return "".join(
        character
        for character in text
        if unicodedata.category(character) == "So" and character not in _DRESSING
    )
