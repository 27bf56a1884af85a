"""Questions in the middle of the form: for the assistant to answer, not answers."""

from __future__ import annotations

import re

from actions.handoff.tokens import plain

_OPENING = r"(?:(?:and|but|so|wait|ok|okay|hey|hi|hello|um|also|first|sorry|quick question) )*"
_WHO = (
    r"(?:i|you|u|we|it|they|he|she|this|that|there|the|your|my|a|an|ketamine|insurance|someone"
    r"|people)"
)
_HELPER = r"(?:do|does|did|is|are|can|could|should|would|will|am|was|has|have)"
_ASKS = re.compile(
    rf"^{_OPENING}(?:(?:what|whats|how|hows|why|where|wheres|who|whos|which) \w+"
    rf"|when (?:{_HELPER}|exactly)\b|{_HELPER} {_WHO}\b|tell me|explain\b"
    r"|i have a question|question\b"
    r"|(?:y |pero |oiga |perd[oó]n )?(?:qu[eé]|c[oó]mo|cu[aá]l|cu[aá]nt[oa]s?|d[oó]nde|por qu[eé]"
    r"|qui[eé]n) \w+|(?:tienen|aceptan|cubre|es (?:segur|legal|peligros)\w*) )"
)
_OFFERS_TIME = re.compile(
    r"^(?:how about|what about|maybe|puede ser|qu[eé] tal|est[aá] bien)\b"
    rf"|^{_HELPER}\b.*\b(?:call|reach|text|ok|okay|works?|good|fine|possible)\b"
)


def asks(text: str) -> bool:
    """Tell whether a message is a question, with or without its mark."""
    words = plain(text)
    marked = text.rstrip().endswith("?") and len(words.split()) > 1
    return marked or bool(_ASKS.match(words))


def offers_time(text: str) -> bool:
    """Tell whether a question offers a time: "how about monday?", "is 3 ok?"."""
    return bool(_OFFERS_TIME.search(plain(text)))
