"""Preferred times in what people type, kept as a short phrase of time words.

Only time words are kept, so that no reason ("mornings, because my panic
attacks come at night") travels along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from actions.handoff.tokens import language, plain
from actions.handoff.vocabulary import listed

MAX_CHARACTERS = 60
MAX_LOOSE_WORDS = 8

_DAY = (
    r"(?:mon|tues?|wed|weds|thurs?|thu|fri|sat|sun)(?:days?)?|wednesdays?|wen?sda?ys?|wednsdays?"
    r"|thrusdays?|saturdays?|tuseday|tomm?orr?ow|tmrw?|tomoro|2moro|today|tonight|tonite"
    r"|weekdays?|weekends?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?|hoy|ahorita"
)
_PART = (
    r"mornings?|mornin|noon|noonish|midday|aftern?oons?|arvo|evenings?|evenin|nights?"
    r"|lunch(?:time)?|daytime|midmorning|midafternoon"
    r"|ma[nñ]anas?|mañanitas?|tardes?|tardecitas?|noches?|mediod[ií]a"
)
_STRONG = rf"^(?:(?:{_DAY})(?:[-/](?:{_DAY}))?|{_PART}|anytime|whenever|asap)$"
_CLOCK = r"^\d{1,2}(?::\d{2})?(?:ish)?$"
_HALF = r"^(?:[ap]\.?m\.?|o'?clock|ish|hrs|hours|horas|hs)$"
_MONTH = r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*$"
_MONTH_ES = (
    r"^(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)$"
)
_LEAD = (
    r"^(?:after|before|between|around|about|at|by|until|till|til|from|past|to|abt|bout"
    r"|las|entre|hasta)$"
)
_GREETING = frozenset({"good", "gd", "last", "all", "buenas", "buena"})

_NO_PREFERENCE = re.compile(
    r"\b(?:any ?time|whenever|no preference|(?:doesnt|dosent|dont|does not) (?:really )?matter"
    r"|dont (?:care|mind)|up to (?:you|them)|you (?:pick|choose|decide)|(?:im|i am) (?:open|free)"
    r"|either|any|all day|flexible|no idea|not sure|idk|anything works|all times|not picky|idc)\b"
)
_NO_PREFERENCE_ES = re.compile(
    r"\b(?:(?:a )?cualquier (?:hora|d[ií]a|momento|rato)"
    r"|cuando (?:sea|quier[ae]n?|pued[ae]n?|gusten)|(?:me )?da (?:igual|lo mismo)"
    r"|no (?:me )?importa|la hora que sea|a la hora que|todo el d[ií]a|no tengo preferencia"
    r"|como (?:quieran|gusten)|usted(?:es)? (?:diga|digan|escoja|escojan))\b"
)
_CUE = re.compile(
    r"\b(?:call|reach|text|ring|contact|best|better|works?|free|availab\w+|prefer\w*|time|instead"
    r"|actually|rather|after|before|between|make it|around|evenings?|mornings?|afternoons?"
    r"|ll[aá]m\w+|prefi\w+|mejor|conviene|puedo|hora)\b"
)
_REASON = re.compile(
    r"\b(?:because|becuase|cuz|coz|bc|cause|due to|porque|xq|ya que)\b.*", re.IGNORECASE
)
_OFFER = re.compile(r"\b(?:how|what) about\b", re.IGNORECASE)
_OPENS_TIME = re.compile(r"(?:when|whenever|after|before|between|during|once|until|while|around)\b")


@dataclass(frozen=True)
class TimeFound:
    """A time phrase for keeping, and the pieces of the text it was made from."""

    phrase: str
    raws: tuple[str, ...]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    """Match what is a time without doubt."""

    def token(pattern: str) -> dict[str, object]:
        return {"LOWER": {"REGEX": pattern}}

    patterns = [
        [token(_STRONG)],
        [token(_CLOCK), token(_HALF)],
        [token(_LEAD), token(_CLOCK)],
        [token(_CLOCK), token(r"^(?:-|to|till?|until)$"), token(_CLOCK)],
        [token(_MONTH), token(r"^\d{1,2}$")],
        [token(r"^\d{1,2}$"), token(r"^de$"), token(_MONTH_ES)],
        [token(r"^(?:entre|pr[oó]xim[oa]|siguiente)$"), token(r"^(?:semana|mes)$")],
        [token(r"^semana$"), token(r"^que$"), token(r"^viene$")],
        [token(r"^fin(?:es)?$"), token(r"^de$"), token(r"^semana$")],
    ]
    matcher = Matcher(language().vocab)
    matcher.add("time", patterns)
    return matcher


def find_time(doc: Doc, asked: bool) -> TimeFound | None:
    """Return the time phrase of a message.

    Args:
        doc: the message, its e-mail addresses and phone numbers taken out.
        asked: whether the form has just asked for the time. Only then do loose
            words ("later", "3", "doesn't matter", "when my kids are at school") count.
    """
    doc = language()(_REASON.sub("", _OFFER.sub("", doc.text)))
    sure = _sure_times(doc)
    if asked and not sure and (loose := _loose_time(doc.text)):
        return loose
    runs = _runs(doc, sure | _weak_times(doc) if asked else sure)
    if not runs or not (asked or _is_a_wish(doc, runs)):
        return None
    phrase = _clean(", ".join(_trimmed(run).text for run in runs))
    return TimeFound(phrase[:MAX_CHARACTERS].strip(), tuple(run.text for run in runs))


def _sure_times(doc: Doc) -> set[int]:
    found = {i for _, start, end in _matcher()(doc) for i in range(start, end)}
    return {i for i in found if i == 0 or doc[i - 1].lower_ not in _GREETING}


def _weak_times(doc: Doc) -> set[int]:
    return {
        token.i
        for token in doc
        if listed(token.text, "time_weak") or re.match(_CLOCK, token.lower_)
    }


def _runs(doc: Doc, times: set[int]) -> list[Span]:
    """Return the longest stretches of time words and connecting words with a time in each."""

    def belongs(i: int) -> bool:
        return i in times or listed(doc[i].text, "time_glue")

    stretches = (list(group) for fits, group in groupby(range(len(doc)), belongs) if fits)
    return [doc[s[0] : s[-1] + 1] for s in stretches if times & set(s)]


def _is_a_wish(doc: Doc, runs: list[Span]) -> bool:
    """Tell a wish ("mornings are better") from a story ("I can't sleep at night")."""
    words = sum(token.is_alpha or token.is_digit for token in doc)
    rest = words - sum(token.is_alpha or token.is_digit for run in runs for token in run)
    return rest <= 2 or (rest <= 12 and _CUE.search(doc.text.lower()) is not None)


def _trimmed(run: Span) -> Span:
    start, end = 0, len(run)
    if run.text.lower().startswith("as soon as"):
        return run
    while start < end and listed(run[start].text, "time_start"):
        start += 1
    while end > start and any(listed(run[end - 1].text, x) for x in ("time_start", "time_end")):
        end -= 1
    return run[start:end] if end > start else run


def _clean(phrase: str) -> str:
    phrase = re.sub(r"\s*,\s*", ", ", phrase)
    phrase = re.sub(r"\s*([-/])\s*", r"\1", phrase)
    return re.sub(r"(\d)\s+(?=[ap]\.?m)", r"\1", phrase).strip(" ,.-")


def _loose_time(text: str) -> TimeFound | None:
    """Read "doesn't matter" as "any time", and keep "when my kids are at school"."""
    words = plain(text)
    count = len(words.split())
    if count <= MAX_LOOSE_WORDS and _NO_PREFERENCE.search(words):
        return TimeFound("any time", (text,))
    if count <= MAX_LOOSE_WORDS and _NO_PREFERENCE_ES.search(words):
        return TimeFound("cualquier hora", (text,))
    if not _OPENS_TIME.match(words) or not 2 <= count <= MAX_LOOSE_WORDS:
        return None
    if any(listed(word, "health") for word in words.split()):
        return None
    return TimeFound(words, (text,))
