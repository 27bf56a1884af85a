"""Phone, card and social-security numbers and dates of birth in a text."""

from __future__ import annotations

import re

_GAP = r"[^\S\n]"  # white space within a line
_SEPARATORS = rf"(?:{_GAP}|[().\-\u2010-\u2015/·•_]){{0,3}}"
_NUMBER = re.compile(
    rf"(?<![\d$€£])(?P<plus>\+{_GAP}?)?\(?\d(?:{_SEPARATORS}\d){{6,}}(?!\d)"
    rf"(?:{_GAP}*(?:x|ext\.?){_GAP}*\d{{1,5}}\b)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*(?:m[gl]|mcg|[uµμ]g|k?g|i\.?u|units?|dollars?|bucks|usd|percent|%)(?!\w)", re.IGNORECASE
)
_PHONE_WORD = re.compile(
    r"\b(?:call|phone|cell|mobile|number|text|reach|tel|fax|line|home|work|at|is|teléfono|celular)"
    r"\W*(?:me\W+)?(?:at|on|is|it's)?\W*$",
    re.IGNORECASE,
)
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_AMERICAN = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")
_YEARS = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")

_DIGIT_WORDS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_SPOKEN = re.compile(
    rf"\b(?:(?:\d{{1,4}}|{_DIGIT_WORDS})\b[\s,.\-]*){{3,}}(?<![\s,.\-])", re.IGNORECASE
)
_SPOKEN_WORD = re.compile(rf"\b(?:{_DIGIT_WORDS})\b", re.IGNORECASE)

_SOCIAL = re.compile(
    r"\b(?P<word>ssn|social(?: security)?(?: (?:number|no\.?|#))?)\b"
    r"(?P<between>[^\d\n]{0,30})(?P<number>\d(?:[ .\-]?\d){3,8})(?!\d)",
    re.IGNORECASE,
)
_LAST_FOUR = re.compile(r"\blast (?:four|4)\b", re.IGNORECASE)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo"
    r"|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BIRTH_DATE = (
    rf"(?:\d{{1,4}}[\s./\-]{{1,3}}\d{{1,2}}[\s./\-]{{1,3}}\d{{2,4}}|\d{{8}}|\d{{6}}"
    rf"|{_MONTH}[ ,]{{1,2}}(?:the )?{_DAY}(?:,? {{0,2}}(?:of )?\d{{4}})?"
    rf"|{_DAY} (?:of |de )?{_MONTH}(?:,? (?:de(?:l)? )?\d{{4}})?)(?![\w])"
)
_BIRTH_WORD = (
    r"\b(?:born|dob|d\.o\.b\.?|date of birth|birth ?da(?:te|y)|b-?day|nac[ií]|nacimiento"
    r"|cumpleaños)(?!\w)"
)
_BORN = re.compile(rf"({_BIRTH_WORD}[^\n!?\d]{{0,25}}?)(?<!\w){_BIRTH_DATE}", re.IGNORECASE)
_BORN_AFTER = re.compile(rf"(?<![\w/.\-]){_BIRTH_DATE}([^\n!?\d]{{0,20}}{_BIRTH_WORD})", re.I)


def redact_numbers(text: str) -> str:
    """Replace numbers that identify a person by [phone], [card], [ssn], [date of birth]."""
    if any(character.isdigit() for character in text):
        text = _BORN.sub(r"\1[date of birth]", text)
        text = _BORN_AFTER.sub(r"[date of birth]\1", text)
        text = _SOCIAL.sub(_social, text)
        text = _NUMBER.sub(_number, text)
    return _SPOKEN.sub(_spoken, text)


def _social(match: re.Match[str]) -> str:
    digits = _digits(match["number"])
    short = match["word"].lower() == "ssn" or _LAST_FOUR.search(
        match.string, max(0, match.start() - 30), match.end()
    )
    if len(digits) == 9 or (len(digits) == 4 and short):
        return f"{match['word']}{match['between']}[ssn]"
    return match[0]


def _number(match: re.Match[str]) -> str:
    found = re.sub(r"(?i)\s*(?:x|ext\.?)\s*\d{1,5}$", "", match[0])
    groups = re.findall(r"\d+", found)
    kind = _kind(found, groups, "".join(map(_digits, groups)))
    if kind is None or (kind == "phone" and _is_quantity(match, groups)):
        return match[0]
    return f"[{kind}]"


def _kind(found: str, groups: list[str], digits: str) -> str | None:
    """Name what a run of digits is, or None for an ordinary number."""
    lengths = [len(group) for group in groups]
    unbroken = len(groups) == 1
    national = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
    if _DATE.match(found) or all(map(_YEARS.fullmatch, groups)):
        return None
    if len(national) == 10 and national[:3] in _TOLL_FREE:
        return None  # belongs to an organisation: Poison Control, a hot line
    if 13 <= len(digits) <= 19 and (unbroken or lengths[:-1] == [4] * 3 or _luhn(digits)):
        return "card"
    if lengths == [3, 2, 4] or (unbroken and len(digits) == 9):
        return "ssn"
    return "phone" if _is_phone(found, lengths, digits) else None


def _is_phone(found: str, lengths: list[int], digits: str) -> bool:
    if found[0] == "+" or digits.startswith(("00", "011")):
        return len(digits) >= 8
    if _AMERICAN.fullmatch(digits):
        return True
    if lengths == [3, 4]:
        return digits[0] in "23456789"
    if len(digits) < 9 or lengths == [5, 4]:  # the latter is a ZIP code
        return False
    return len(lengths) == 1 or digits[0] == "0" or " " not in found


def _is_quantity(match: re.Match[str], groups: list[str]) -> bool:
    """Whether a phone-like number is a dose or a price, or is too short to tell."""
    if _UNIT.match(match.string, match.end()):
        return True
    short = len(groups) == 2 and len(match[0].strip("()")) <= 8
    alone = match[0].strip() == match.string.strip()
    return short and not alone and not _PHONE_WORD.search(match.string[: match.start()])


def _spoken(match: re.Match[str]) -> str:
    words = len(_SPOKEN_WORD.findall(match[0]))
    digits = sum(character.isdigit() for character in match[0])
    return "[phone]" if words >= 3 and words + digits >= 7 else match[0]


def _digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())


def _luhn(digits: str) -> bool:
    """Check digit of card numbers (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
