"""E-mail addresses in what people type, spoken ones ("bob at gmail dot com") too."""

from __future__ import annotations

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

_SPACED = re.compile(r"(?<=[\w.+-])\s*@\s+(?=[\w-]+\.\w)|(?<=[\w.+-])\s+@\s*(?=[\w-]+\.\w)")
_SPOKEN = re.compile(
    r"\b([\w.+-]+(?:\s+(?:dot|punto|underscore|dash|gui[oó]n)\s+[\w.+-]+)*)"
    r"\s+(?:at|arroba|\(at\)|\[at\])\s+"
    r"([\w-]+(?:\s+(?:dot|punto)\s+[\w-]+)*\s+(?:dot|punto)\s+(?:com|net|org|edu|gov|us|io|me|co|info)|"
    r"(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail)\.com)\b",
    re.IGNORECASE,
)
_SIGNS = {"dot": ".", "punto": ".", "underscore": "_", "dash": "-", "guión": "-", "guion": "-"}
_LIKE = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]*(?:@[^\s<>(),;:\"]*)*")


@dataclass(frozen=True)
class EmailFound:
    """An address-like piece of a text: the address, or why it is none."""

    raw: str
    address: str | None
    problem: str | None


def join_spoken_emails(text: str) -> tuple[str, list[str]]:
    """Write spoken or spaced addresses the usual way; return the spoken pieces as well."""

    def join(match: re.Match[str]) -> str:
        parts = (_unspoken(match[1]), _unspoken(match[2]))
        return "@".join(parts)

    text = _SPACED.sub("@", text)
    return _SPOKEN.sub(join, text), [match[0] for match in _SPOKEN.finditer(text)]


def _unspoken(words: str) -> str:
    return "".join(_SIGNS.get(word.lower(), word) for word in words.split())


def find_emails(text: str) -> list[EmailFound]:
    """Return the address-like pieces of a text in their order."""
    return [_judge(match[0].rstrip(".!?'")) for match in _LIKE.finditer(text)]


def _judge(raw: str) -> EmailFound:
    try:
        address = validate_email(raw, check_deliverability=False).normalized
    except EmailNotValidError:
        domain = raw.rpartition("@")[2]
        problem = "email_invalid" if "." in domain.strip(".") else "email_incomplete"
        return EmailFound(raw, None, problem)
    return EmailFound(raw, address, None)
