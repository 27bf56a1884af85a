"""Visitors who say to be younger than 18."""

from __future__ import annotations

import re

from actions.handoff.tokens import plain

_WORDS = "five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_WORDS_ES = (
    "cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|diecisiete"
)
_AGE = rf"(?:[5-9]|1[0-7]|{_WORDS})"
_SELF = (
    r"(?:im|i am|i m|i just turned|i turned|i turn|aged?|my age is)"
    r"(?: only| just| almost| like| about)?"
)
# "15 minutes away", "8 am", "10 weeks pregnant", "10 30" and "10 years sober" are no ages.
_UNITS = (
    r"%|percent|min|minutes?|mins|miles?|hours?|hrs|h|weeks?|months?|days?|am|pm|a m|p m|oclock"
    r"|blocks?|\d+|th|to"
)
_SINCE = r"(?:years?|yrs) (?:sober|clean|in|into|younger|older|away|ago|on|off)"
_UNDER_18 = re.compile(
    rf"\b{_SELF} {_AGE}\b(?! ?(?:{_UNITS})\b)(?! {_SINCE})"
    rf"|^{_AGE} ?(?:years?|yrs?|yo|y o)(?: old)?$|^(?:im |i am )?{_AGE} ?yo\b"
    r"|\b(?:im|i am) (?:a )?(?:minor|teen|teenager|underage|not 18|not yet 18)\b"
    r"|\b(?:im|i am) under (?:18|eighteen)\b|\bnot 18 yet\b"
    r"|\b(?:im|i am) (?:\w+ )?in (?:high|middle|junior high) school\b"
    r"|\b(?:im|i am) in (?:the )?\d{1,2}(?:th)? ?grade\b"
    # Not "tengo 10 años de casado", "tengo 15 años con ansiedad".
    rf"|\b(?:tengo|acabo de cumplir|cumpl[ií]) (?:solo |apenas )?(?:[5-9]|1[0-7]|{_WORDS_ES})"
    r" a[nñ]os\b(?! (?:de(?! edad)|con|en|sin|tomando|viviendo|limpi[oa]|sobri[oa]))"
    r"|\bsoy (?:un |una )?(?:menor(?: de edad)?|adolescente)\b"
)


def under_18(text: str) -> bool:
    """Tell whether the visitor says to be younger than 18."""
    return bool(_UNDER_18.search(plain(text)))
