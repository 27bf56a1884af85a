"""Preferred times in what people type, kept as a short phrase of time words only.

Only words from the lists below are kept, so that no reason ("mornings, because
my panic attacks come at night") travels along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from actions.handoff.tokens import language
from actions.handoff.vocabulary import listed

MAX_CHARACTERS = 60

_DAY = (
    r"(?:mon|tues?|wed|weds|thurs?|thu|fri|sat|sun)(?:days?)?|wednesdays?|wen?sda?ys?|wednsdays?"
    r"|thrusdays?|saturdays?|satur|tuseday|tomm?orr?ow|tmrw?|tomoro|2moro|today|tonight|tonite"
    r"|weekdays?|weekends?"
)
_PART = (
    r"mornings?|mornin|noon|noonish|midday|afternoons?|aftern?oons?|arvo|evenings?|evenin|nights?"
    r"|lunch(?:time)?|daytime|midmorning|midafternoon"
)
_STRONG = rf"^(?:(?:{_DAY})(?:[-/](?:{_DAY}))?|{_PART}|anytime|whenever|asap)$"
_WEAK = r"^(?:now|soon|later|early|late|week|flexible|any|either|eod|day|work|school|soonest)$"
_CLOCK = r"^\d{1,2}(?::\d{2})?(?:ish)?$"
_HALF = r"^(?:[ap]\.?m\.?|o'?clock|ish|hrs|hours|st|nd|rd|th)$"
_MONTH = r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*$"
_LEAD = r"^(?:after|before|between|around|about|at|by|until|till|til|from|past|to|abt|bout)$"
_GLUE = (
    r"^(?:after|before|between|around|about|abt|until|till|til|from|to|thru|through|or|and|but|not|except"
    r"|only|mostly|on|in|at|by|the|early|earlier|late|later|mid|next|this|every|each|most|any|all"
    r"|of|past|half|quarter|first|thing|end|day|week|time|my|off|get|i|as|soon|possible|during|for"
    r"|free|best|preferably|work|school|break|couple|over|right|same|other|one|two|both|,|-|–|/|&|\+)$"
)
_ENDS = ["or", "and", "but", "on", "in", "at", "the", "of", "for", "to", "i", "get", ",", "-", "–", "/", "&", "+", "as", "my", "by", "only", "mostly", "time", "best", "free", "preferably", "first", "not", "all", "one", "two", "right", "about"]
_NO_PREFERENCE = re.compile(
    r"\b(?:any ?time|whenever|no preference|(?:does ?n[o']?t|dont) (?:really )?matter|dont (?:care|mind)"
    r"|dosent matter|up to (?:you|them)|you (?:pick|choose|decide)|(?:im|i am) (?:open|flexible|free)"
    r"|either(?: works| is fine)?|any(?: is fine| works)?|all day|(?:im |pretty )?flexible|no idea|not sure"
    r"|anything works|all times|not picky|idc)\b"
)
_CUE = re.compile(
    r"\b(?:call|reach|text|ring|contact|best|better|works?|free|available|availab\w+|prefer\w*|good time"
    r"|time|instead|actually|rather|after|before|between|make it|around|evenings?|mornings?|afternoons?)\b"
)
_REASON = re.compile(
    r"\b(?:because|becuase|cuz|coz|bc|cause|due to)\b.*", re.IGNORECASE | re.DOTALL
)
_OPENS_TIME = re.compile(
    r"^(?:when|whenever|after|before|between|during|once|until|while|around)\b"
)


@dataclass(frozen=True)
class TimeFound:
    """A time phrase for keeping, and the pieces of the text it was made from."""

    phrase: str
    raws: tuple[str, ...]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    def token(pattern: str) -> dict[str, object]:
        return {"LOWER": {"REGEX": pattern}}

    clock = [token(_CLOCK), token(_HALF)]
    matcher = Matcher(language().vocab)
    matcher.add(
        "strong", [[token(_STRONG)], clock, [token(_MONTH), token(r"^\d{1,2}(?:st|nd|rd|th)?$")]]
    )
    matcher.add(
        "strong",
        [
            [token(_LEAD), token(_CLOCK)],
            [token(_CLOCK), token(r"^(?:-|–|to|till?|until)$"), token(_CLOCK)],
        ],
    )
    matcher.add("weak", [[token(_WEAK)], [token(_CLOCK)]])
    matcher.add("glue", [[token(_GLUE)], [token(_HALF)]])
    return matcher


def find_time(doc: Doc, asked: bool) -> TimeFound | None:
    """Return the time phrase of a message.

    Args:
        doc: the message, its e-mail addresses and phone numbers taken out.
        asked: whether the form has just asked for the time. Only then do loose
            words ("later", "3", "doesn't matter", "when my kids are at school") count.
    """
    doc = language()(_REASON.sub("", doc.text))
    runs = _runs(doc, asked)
    if runs:
        phrase = _clean(", ".join(_trim(run).text for run in runs))
        return TimeFound(phrase[:MAX_CHARACTERS].strip(), tuple(run.text for run in runs))
    return _loose_time(doc.text) if asked else None


def _runs(doc: Doc, asked: bool) -> list[Span]:
    """Return the longest stretches of time words with a real time in each."""
    core, glue = set(), set()
    for rule, start, end in _matcher()(doc):
        name = doc.vocab.strings[rule]
        if name == "strong" or (name == "weak" and asked):
            core.update(range(start, end))
        if name != "weak" or asked:
            glue.update(range(start, end))
    core -= {i for i in core if i and doc[i - 1].lower_ in ("good", "gd", "last", "all")}
    runs, start = [], None
    for i in range(len(doc) + 1):
        inside = i < len(doc) and i in glue | core
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            runs.append(doc[start:i])
            start = None
    runs = [run for run in runs if core & set(range(run.start, run.end))]
    return runs if asked or _about_calling(doc, runs) else []


def _about_calling(doc: Doc, runs: list[Span]) -> bool:
    """Tell a wish ("mornings are better") from a story ("I can't sleep at night")."""
    rest = len(doc) - sum(len(run) for run in runs)
    return rest <= 2 or (bool(_CUE.search(doc.text.lower())) and rest <= 12)


def _trim(run: Span) -> Span:
    start, end = 0, len(run)
    if run.text.lower().startswith("as soon as"):
        return run
    while (
        start < end
        and run[start].lower_ in _ENDS
        and run[start].lower_ not in ("not", "at", "by", "first", "about")
    ):
        start += 1
    while end > start and run[end - 1].lower_ in _ENDS:
        end -= 1
    return run[start:end] if end > start else run


def _clean(phrase: str) -> str:
    phrase = re.sub(r"\s*([,/])\s*", r"\1 ", phrase).replace("/ ", "/")
    phrase = re.sub(r"\s*[-–]\s*", "-", phrase)
    return re.sub(r"(\d)\s+(?=[ap]\.?m)", r"\1", phrase).strip(" ,.-")


def _loose_time(text: str) -> TimeFound | None:
    """Read "doesn't matter" as "any time", and keep "when my kids are at school"."""
    plain = re.sub(r"['.!?]", "", text.lower()).strip()
    if _NO_PREFERENCE.search(plain):
        return TimeFound("any time", (text,))
    words = plain.split()
    if not _OPENS_TIME.match(plain) or not 2 <= len(words) <= 8:
        return None
    if any(listed(word, "health") for word in words):
        return None
    return TimeFound(plain, (text,))
