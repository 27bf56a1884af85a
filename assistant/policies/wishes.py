"""Short wishes that mean the same wherever they are said: stop, delete, what do you store."""

from __future__ import annotations

import re

_STOP = re.compile(
    r"(?:(?:please|pls|ok|okay|oh|no|actually|sorry|just|wait|um|uh|eh|hmm)[\s,.!]+)*"
    r"(?:never\s*mind|nvm|nevermind|stop(?:\s+(?:it|this|that|please|asking(?:\s+me)?))?"
    r"|cancel(?:\s+(?:it|this|that|please|the\s+(?:call|request|call\s*back|form)))?"
    r"|forget\s+(?:it|about\s+it|that)|quit|exit|abort|leave\s+it|drop\s+it|scratch\s+that"
    r"|i(?:'|’)?ve?\s+changed\s+my\s+mind|changed\s+my\s+mind"
    r"|i\s+(?:don(?:'|’)?t|do\s+not)\s+want\s+(?:to|this|that|a\s+call(?:\s*back)?)(?:\s+(?:do|give|continue)\b.*)?"
    r"|no\s+thank(?:s|\s+you)|not\s+now|not\s+anymore|i(?:'|’)?d\s+rather\s+not|stop\s+the\s+form"
    r"|olv[ií]dalo|cancelar|no\s+gracias)"
    r"(?:[\s,.!]+(?:please|pls|thanks|thank\s+you|thx|for\s+now|then|sorry|forget\s+it|i(?:'|’)?ll\s+call))*[\s.!]*",
    re.IGNORECASE,
)
_DELETE = re.compile(
    r"\b(?:delet\w*|eras\w*|remov\w*|wip\w*|forget|purge|clear|get\s+rid\s+of|borra\w*|elimina\w*)\b",
    re.IGNORECASE,
)


def wants_to_stop(text: str) -> bool:
    """Tell whether the whole message asks to leave what is going on ("never mind")."""
    return _STOP.fullmatch(text.strip()) is not None


def wants_deletion(text: str) -> bool:
    """Tell whether a request about privacy asks for deletion rather than for information."""
    return _DELETE.search(text) is not None
