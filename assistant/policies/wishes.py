"""Short wishes that mean the same wherever they are said: stop, or delete my data."""

from __future__ import annotations

import re

_FILLERS = frozenset(
    {
        "please", "pls", "plz", "ok", "okay", "oh", "no", "actually", "sorry", "just", "wait",
        "um", "uh", "hmm", "well", "hey", "thanks", "thank", "you", "thx", "then", "now",
        "por", "favor", "gracias",
    }
)  # fmt: skip
_STOP = frozenset(
    {
        "never mind", "nevermind", "nvm", "stop", "stop it", "stop this", "stop that",
        "stop asking", "stop asking me", "stop the form", "cancel", "cancel it", "cancel this",
        "cancel that", "cancel the call", "cancel the call back", "cancel the request",
        "cancel my request", "cancel callback", "forget it", "forget about it", "forget that",
        "forget this", "quit", "exit", "abort", "leave it", "drop it", "scratch that",
        "changed my mind", "i changed my mind", "ive changed my mind", "i have changed my mind",
        "i dont want to", "i dont want this", "i dont want that", "i dont want a call",
        "i dont want a call back", "i dont want a callback", "i dont want to do this",
        "i dont want to give that", "i dont want to give you that", "i do not want to",
        "i dont want to share that", "dont call me", "do not call me", "dont call", "not anymore",
        "not now",
        "ill call myself", "ill just call", "ill call instead", "enough", "thats enough",
        "i want to stop", "can we stop", "id like to stop", "i want out", "get me out of this",
        "olvídalo", "olvidalo", "cancelar", "cancela", "ya no", "no quiero", "déjalo", "dejalo",
        "parar", "pare", "para ya", "alto", "cancele", "cancélelo", "cancelalo", "cancela eso",
        "cancelar la llamada", "olvídelo", "olvidelo", "olvida eso", "déjelo", "dejelo", "mejor no",
        "ya no quiero", "no quiero nada", "no quiero dar eso", "no quiero dar mis datos", "salir",
        "terminar", "detener", "no me llamen", "cambié de opinión", "cambie de opinion", "basta",
    }
)  # fmt: skip
_SAFE = frozenset(
    {
        "im safe", "i am safe", "im safe now", "i am safe now", "safe", "im ok", "i am ok",
        "im okay", "i am okay", "im ok now", "im okay now", "im fine", "i am fine", "im fine now",
        "im alright", "im all right", "im better", "im better now", "i feel better",
        "i feel better now", "feeling better", "im not in danger", "i am not in danger",
        "im not going to do anything", "i wont do anything", "i called them", "i called 988",
        "i texted 988", "im with someone", "im with my family", "my family is here",
        "someone is with me", "estoy bien", "estoy a salvo", "estoy mejor", "ya estoy bien",
    }
)  # fmt: skip
_DELETE = re.compile(
    r"\b(?:delet\w*|eras\w*|remov\w*|wip\w*|forget|purge|clear|get rid of"
    r"|borr\w*|elimin\w*|olvid\w*|quiten)\b",
    re.IGNORECASE,
)


def wants_to_stop(text: str) -> bool:
    """Tell whether the whole message asks to leave what is going on ("ok, never mind, sorry")."""
    return _is_one_of(text, _STOP)


def says_safe(text: str) -> bool:
    """Tell whether the whole message says that the visitor is out of danger."""
    return _is_one_of(text, _SAFE)


def _is_one_of(text: str, phrases: frozenset[str]) -> bool:
    """Compare without punctuation, case, and polite words around."""
    words = re.findall(r"\w+", re.sub(r"['\u2019]", "", text.casefold()))
    return any(
        " ".join(words[start:end]) in phrases
        for start in range(_fillers(words) + 1)
        for end in range(len(words) - _fillers(words[::-1]), len(words) + 1)
    )


def _fillers(words: list[str]) -> int:
    """Count the polite words at the start."""
    return next((i for i, word in enumerate(words) if word not in _FILLERS), len(words))


def wants_deletion(text: str) -> bool:
    """Tell whether a request about privacy asks for deletion rather than for information."""
    return _DELETE.search(text) is not None
