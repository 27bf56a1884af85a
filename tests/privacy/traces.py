"""Finds people in bytes, however their numbers are written there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.privacy.people import Person

_DIGITS = re.compile(rb"\d+")
_LETTER = re.compile(rb"[a-z]", re.IGNORECASE)
_GAP = 3  # bytes between two groups of digits of one number
_GROUPS = 5  # +1 (480) 555-0117, or 4000 0012 3123 4563
_SURE = (b"@example.com", b"zebulon")  # the latter is what everybody is called on Telegram


def found(content: bytes, everybody: Sequence[Person]) -> set[str]:
    """What of anybody stands in `content`."""
    small = content.lower()
    words = (*_SURE, *(person.name.lower().encode() for person in everybody))
    numbers = {digits for person in everybody for digits in _numbers(person)}
    there = {word for word in words if word in small} | (numbers & set(_joined(content)))
    return {trace.decode() for trace in there}


def _numbers(person: Person) -> Iterator[bytes]:
    given = (person.phone, person.card, person.social, person.form[2])
    for digits in (re.sub(r"\D", "", number).encode() for number in given):
        yield digits.removeprefix(b"1")
        if len(digits) == 10:
            yield b"1" + digits
            yield digits[3:]


def _joined(content: bytes) -> Iterator[bytes]:
    """All groups of digits, and groups that stand together, without what is between them."""
    groups = [(m[0], *m.span()) for m in _DIGITS.finditer(content) if not _in_word(content, m)]
    for first, (digits, _, end) in enumerate(groups):
        yield digits
        for more, start, next_end in groups[first + 1 : first + _GROUPS]:
            if start - end > _GAP or _LETTER.search(content[end:start]):
                break
            digits, end = digits + more, next_end
            yield digits


def _in_word(content: bytes, digits: re.Match[bytes]) -> bool:
    """Tell whether letters stand on both sides, as in the digests that senders are known by."""
    start, end = digits.span()
    return bool(_LETTER.match(content[start - 1 : start]) and _LETTER.match(content, end))
