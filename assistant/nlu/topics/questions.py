"""Whether words ask something."""

from __future__ import annotations

import re

_OPENERS = (
    r"(?:and|but|so|or|for|wait|ok|okay|also|hey|hi|um|well|first|second|sorry|then|please|pls)"
)
_QUESTION_WORDS = (
    r"(?:what|whats|wats|wat|how|hows|why|when|whens|where|wheres|who|whos|which|is|are|am|r|do"
    r"|does|did|can|could|will|would|should|has|have you|must|may|u open|you open"
    r"|any|tell me|walk me|if so"
    r"|qu[eé]|c[oó]mo|cu[aá]l|cu[aá]nd[oa]|cu[aá]nt[oa]s?|d[oó]nde|por qu[eé]|qui[eé]n"
    r"|puedo|tienen|aceptan|cubre|funciona|quiero saber|me puede decir"
    r"|whether|(?:please |pls )?(?:explain|describe)|need to know|i was wondering"
    r"|(?:my )?(?:first|second|other|next)(?: question| thing| one)? is"
    r"|i(?:\W?d| would)? (?:want|wanted|need|like) to (?:know|ask)|i wonder|wondering)"
)
_ASKS = re.compile(rf"\?\s*$|^\W*(?:{_OPENERS}\W+)*{_QUESTION_WORDS}\b", re.IGNORECASE)


def looks_like_question(text: str) -> bool:
    """Tell whether `text` opens or ends as a question does."""
    return _ASKS.search(text) is not None
