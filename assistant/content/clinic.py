"""The clinic's facts, from content/clinic.yml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import AnyUrl, BaseModel, ConstrainedInt, EmailStr, Extra, constr, validator

from assistant.content.hours import WEEKDAYS, OpeningHours, parse_ranges
from assistant.content.yaml_files import parse, read_yaml

Words = constr(strip_whitespace=True, min_length=1)
# Wherever a fact may be left null; `make validate` lists those that are.
FACTS = (
    "address",
    "phone",
    "email",
    "booking_url",
    "directions_url",
    "time_zone",
    "hours",
    "privacy_url",
)


class _Strict(BaseModel, extra=Extra.forbid):
    """Refuses names it does not know, so that a typing mistake is found."""


class HttpsUrl(AnyUrl):
    """A link that visitors may be sent to."""

    allowed_schemes = {"https"}  # noqa: RUF012
    max_length = 500


class Count(ConstrainedInt):
    """A whole number from 1."""

    ge = 1


class Address(_Strict):
    """A US street address."""

    street: Words  # type: ignore[valid-type]
    city: Words  # type: ignore[valid-type]
    state: constr(regex=r"^[A-Z]{2}$")  # type: ignore[valid-type]
    zip: str

    @validator("zip")
    def _five_digits(cls, value: str) -> str:
        digits = value.replace("-", "", 1)
        if not digits.isascii() or not digits.isdigit() or len(digits) not in (5, 9):
            raise ValueError('not a ZIP code; write it in quotes, such as "85201"')
        return value

    @property
    def line(self) -> str:
        """The address in one line."""
        return f"{self.street}, {self.city}, {self.state} {self.zip}"


class Holiday(_Strict):
    """A day with other hours than its weekday; no hours means closed."""

    date: date
    name: Words  # type: ignore[valid-type]
    hours: list[str] = []

    @validator("hours")
    def _readable(cls, value: list[str]) -> list[str]:
        parse_ranges(value)
        return value


class Week(_Strict):
    """Ranges such as "09:00-17:00" for each day; a day left out is closed."""

    monday: list[str] = []
    tuesday: list[str] = []
    wednesday: list[str] = []
    thursday: list[str] = []
    friday: list[str] = []
    saturday: list[str] = []
    sunday: list[str] = []

    @validator("*", pre=True)
    def _readable(cls, value: Any) -> Any:
        if isinstance(value, list):
            parse_ranges(value)
        return [] if value is None else value


class Retention(_Strict):
    """How long things are kept."""

    conversations_days: Count = Count(30)
    requests_days: Count = Count(90)
    drafts_hours: Count = Count(24)
    unanswered_days: Count = Count(90)

    @validator("*", pre=True)
    def _null_is_default(cls, value: Any, field: Any) -> Any:
        return field.default if value is None else value


class Clinic(_Strict):
    """What the clinic says about itself; None is "not known"."""

    name: Words  # type: ignore[valid-type]
    services: list[Words] = []  # type: ignore[valid-type]
    address: Address | None = None
    phone: str | None = None
    email: EmailStr | None = None
    booking_url: HttpsUrl | None = None
    directions_url: HttpsUrl | None = None
    time_zone: str | None = None
    hours: Week | None = None
    holidays: list[Holiday] | None = None
    privacy_url: HttpsUrl | None = None
    retention: Retention = Retention()

    @validator("phone")
    def _callable(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            number = phonenumbers.parse(value, "US")
        except phonenumbers.NumberParseException as error:
            raise ValueError("not a phone number with area code, such as (480) 555-0100") from error
        if not phonenumbers.is_valid_number(number):
            raise ValueError("not a phone number with area code, such as (480) 555-0100")
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))

    @validator("time_zone")
    def _known_zone(cls, value: str | None) -> str | None:
        try:
            if value is not None:
                ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f'"{value}" is no time zone, such as America/Phoenix') from error
        return value

    @validator("hours")
    def _in_a_zone(cls, value: Week | None, values: dict[str, Any]) -> Week | None:
        # An unreadable time zone is missing from `values` and has its own message.
        if value and "time_zone" in values and not values["time_zone"]:
            raise ValueError("hours need the time_zone they are in")
        return value

    @property
    def opening_hours(self) -> OpeningHours | None:
        """The hours and holidays, ready to ask for a status."""
        if not self.hours:
            return None
        week = tuple(parse_ranges(getattr(self.hours, day)) for day in WEEKDAYS)
        return OpeningHours(week, {h.date: parse_ranges(h.hours) for h in self.holidays or []})

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone of the hours."""
        return ZoneInfo(self.time_zone) if self.time_zone else None


def load_clinic(path: Path) -> Clinic:
    """Read clinic.yml.

    Raises:
        ContentError: naming the line of each field that does not fit.
    """
    return parse(Clinic, path, read_yaml(path))
