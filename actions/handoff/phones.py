"""Phone numbers in what people type, and what is wrong with those that cannot be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

_TEN_DIGITS = re.compile(
    r"(?<![\d+])(?:\+?1[\s.-]?)?\(?[2-9]\d{2}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?=\s+\d{1,2}\b)"
)
_DIGIT_WORDS = dict(
    zip(
        ["zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        "000123456789",
        strict=True,
    )
)
_DIGIT_WORDS |= dict(
    zip(
        ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
        "0123456789",
        strict=True,
    )
)
_WORD = "|".join(_DIGIT_WORDS)
_SPOKEN = re.compile(rf"\b(?:(?:{_WORD}|\d+)[\s,-]+){{6,}}(?:{_WORD}|\d+)\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w@.])\+?\(?\d(?:[\s().\-/]{0,3}\d)+(?![\w@])")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}")
_OLD = re.compile(
    r"(?:\bnot|\bold (?:one|number|cell|phone) (?:is|was)|\binstead of|\bwas)\s*$", re.I
)
_REASONS = {
    ValidationResult.TOO_SHORT: "phone_too_short",
    ValidationResult.TOO_LONG: "phone_too_long",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "phone_no_area_code",
    ValidationResult.INVALID_COUNTRY_CODE: "phone_country_code",
}

_UNREADABLE = {
    NumberParseException.INVALID_COUNTRY_CODE: "phone_country_code",
    NumberParseException.TOO_LONG: "phone_too_long",
}


@dataclass(frozen=True)
class PhoneFound:
    """A phone-like piece of a text: the number for reading out, or why it is none."""

    raw: str
    number: str | None
    problem: str | None


def join_spoken_digits(text: str) -> tuple[str, list[str]]:
    """Write a number said in words ("four eight oh ...") as digits; return the words as well."""

    def join(match: re.Match[str]) -> str:
        words = re.split(r"[\s,-]+", match[0])
        return "".join(_DIGIT_WORDS.get(word.lower(), word) for word in words)

    return _SPOKEN.sub(join, text), [match[0] for match in _SPOKEN.finditer(text)]


def find_phones(text: str, region: str) -> list[PhoneFound]:
    """Return the valid numbers of a text, those it calls old or wrong left out.

    Numbers reserved for fiction (555-01xx) are valid to phonenumbers as well.
    """
    found = []
    # "480 555 0117 3-5pm": the matcher would take the hour into the number.
    text = _TEN_DIGITS.sub(lambda match: f"{match[0]};", text)
    matcher = phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.VALID)
    for match in matcher:
        number = None if _OLD.search(text[: match.start]) else _readable(match.number, region)
        found.append(PhoneFound(match.raw_string, number, None))
    return found


def find_broken_phones(text: str, region: str, at_least: int) -> list[PhoneFound]:
    """Return digit groups of `at_least` digits that are no valid number, and why.

    Call it with the valid numbers and the times taken out.
    """
    found = []
    for match in _DIGITS.finditer(text):
        digits = sum(character.isdigit() for character in match[0])
        if digits >= at_least and not _DATE.fullmatch(match[0]):
            found.append(_judge(match[0], region))
    return found


def _judge(raw: str, region: str) -> PhoneFound:
    try:
        number = phonenumbers.parse(raw, region)
    except NumberParseException as error:
        return PhoneFound(raw, None, _UNREADABLE.get(error.error_type, "phone_invalid"))
    if phonenumbers.is_valid_number(number):
        return PhoneFound(raw, _readable(number, region), None)
    reason = phonenumbers.is_possible_number_with_reason(number)
    return PhoneFound(raw, None, _REASONS.get(reason) or _why_not_valid(number))


def _why_not_valid(number: PhoneNumber) -> str:
    """Tell a wrong US area code from a number that is wrong elsewhere."""
    area = str(number.national_number)[:3]
    if number.country_code != 1:
        return "phone_invalid"
    sample = PhoneNumber(country_code=1, national_number=int(f"{area}5550100"))
    return "phone_invalid" if phonenumbers.is_valid_number(sample) else "phone_area_code"


def _readable(number: PhoneNumber, region: str) -> str:
    at_home = phonenumbers.country_code_for_region(region) == number.country_code
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))
