"""Takes out of a text what tells who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.digests import text_digest
from assistant.stores.names import redact_given_names, redact_private_words
from assistant.stores.numbers import redact_numbers

_LOCAL = r"(?<![\w.+%'\u2019\-])[\w.+%'\u2019\-]+"
_DOT = r"\s*(?:\.|[\[({]?\s*\b(?:dot|punto)\b\s*[\])}]?)\s*"
_ATOM = r"[\w.!#$%&'*+/=?^`{|}~\u2019\-]"  # RFC 5322, section 3.2.3
_EMAILS = (
    rf"(?<!{_ATOM}){_ATOM}+[@\uff20][\w\-]+(?:\.[\w\-]+)*",
    rf"{_LOCAL} ?[@\uff20] ?[\w\-]+(?: ?\. ?(?:com|net|org|edu|gov|io|co|us|me|info)\b)+",
    rf"{_LOCAL}\s*[\[({{<]\s*at\s*[\])}}>]\s*[\w\-]+(?:{_DOT}[\w\-]+)+",
    rf"{_LOCAL}(?: (?:dot|punto|underscore|dash) [\w\-]+)* (?:at|arroba) [\w\-]+"
    r"(?: (?:dot|punto) [a-z]{2,})+",
    rf"{_LOCAL} (?:at|arroba) (?:gmail|yahoo|hotmail|icloud|aol|protonmail|outlook|proton|msn)"
    rf"{_DOT}[a-z]{{2,4}}\b",
    rf"{_LOCAL} (?:at|arroba) (?:gmail|hotmail|icloud|protonmail)\b",
)
_EMAIL = re.compile("|".join(_EMAILS), re.IGNORECASE)
_EMAIL_HINT = re.compile(r"[@\uff20]|\b(?:at|arroba)\b", re.IGNORECASE)
_REMEMBERED = 4096
# Digests of texts with nothing to redact; no lock, since a log line may come in between.
_harmless: set[bytes] = set()


def redact(text: str, private_words: Iterable[str] = ()) -> str:
    """Return `text` with placeholders for what identifies a person.

    Placeholders are [phone], [email], [card], [ssn], [date of birth], [name] and [private].
    Numbers that are no one's stay: years, doses, prices, 988, 911, toll-free hot lines.

    Args:
        text: what somebody wrote, or what was answered.
        private_words: further words or phrases to take out, such as a name given in a form;
            they are found as whole words, whatever their case and accents.
    """
    redacted = text if _tells_nothing(text) else _redact_patterns(text)
    return redact_private_words(redacted, private_words)


def _tells_nothing(text: str) -> bool:
    """Whether there is nothing to redact; the assistant's own answers come again and again."""
    digest = text_digest(text)
    if digest in _harmless:
        return True
    if _redact_patterns(text) != text:
        return False
    if len(_harmless) >= _REMEMBERED:
        _harmless.clear()
    _harmless.add(digest)
    return True


def _redact_patterns(text: str) -> str:
    return redact_given_names(redact_numbers(_redact_emails(text)))


def _redact_emails(text: str) -> str:
    """Replace addresses until none is left: what stood beside one may now be another."""
    found = 1
    while found and _EMAIL_HINT.search(text):
        text, found = _EMAIL.subn("[email]", text)
    return text
