"""What is asked right after a crisis reply: "does it hurt" may be about dying, not a needle."""

from __future__ import annotations

import re

_MOST_WORDS = 8
_ASKS = re.compile(
    r"\b(?:do|does|did|will|would|is|are|can|could|should|how|what|which|when|where)\b"
)
_UNNAMED = re.compile(r"\b(?:it|that|this|them|they|enough)\b|\bhow (?:much|many)\b")
# Who names what the clinic is asked for means that.
_NAMED = re.compile(
    r"\b(?:ketamine|treatments?|therapy|clinics?|visits?|sessions?|infusions?|anxiety|articles?"
    r"|appointments?|insurance|costs?|prices?|pay|hours|open|close|address|phone|number|help"
    r"|you|your|u|988|911)\b"
)
_SPANISH = re.compile(
    r"[¿\s]*(?:(?:me )?(?:va a doler|duele|dolerá|dolera)|(?:es|será|sera) (?:rápido|rapido)"
    r"|(?:cuánto|cuanto) (?:tarda|dura|necesito|hace falta)|(?:cuántas|cuantas))\b[\w\s]*[?]*"
)


def may_be_about_dying(text: str) -> bool:
    """Tell whether a short question leaves open what it asks about."""
    plain = text.casefold()
    if len(plain.split()) > _MOST_WORDS or _NAMED.search(plain):
        return False
    if _SPANISH.fullmatch(plain):
        return True
    return bool(_ASKS.search(plain) and _UNNAMED.search(plain))
