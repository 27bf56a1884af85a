"""Invented people, with everything about them that must be found nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

_NAMES = product(("zor", "quel", "brix", "fyn", "wex"), ("va", "do", "mi", "ku"), range(10))
_ENDINGS = ("bek", "lund", "quist", "zak", "thorpe", "gost", "wyck", "vram", "xell", "plim")
_AREAS = ("480", "602", "623")


@dataclass(frozen=True)
class Person:
    """Somebody who tells all about themselves."""

    number: int
    name: str

    @property
    def phone(self) -> str:
        return f"{_AREAS[self.number // 100]}-555-01{self.number % 100:02}"

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.com"

    @property
    def card(self) -> str:
        return with_check_digit(f"400000{self.number:03}123456"[:15])

    @property
    def social(self) -> str:
        return f"9{self.number % 100:02}-{10 + self.number % 80}-{4000 + self.number}"

    @property
    def told(self) -> str:
        """One message with all of it."""
        return (
            f"My name is {self.name}, my card is {self.card}, my ssn is {self.social}. "
            f"Call {self.phone} or write to {self.email}. What is ketamine?"
        )

    def traces(self) -> list[bytes]:
        """What would give this person away, in small letters."""
        return [self.name.lower().encode(), *map(str.encode, (self.card, self.social, self.phone))]


def people() -> list[Person]:
    """200 of them; no name is part of another word."""
    names = (f"{a}{b}{_ENDINGS[n]}".capitalize() for a, b, n in _NAMES)
    return [Person(number, name) for number, name in enumerate(names)]


def with_check_digit(digits: str) -> str:
    """Append the check digit of card numbers (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits)))
    return digits + str(-sum(n // 10 + n % 10 for n in doubled) % 10)


# However they are written, and whosever they are; also without separators.
NUMBERS = re.compile(rb"555[ .-]?01\d\d(?!\d)|\b9\d\d[ -]?\d\d[ -]4\d{3}\b|@example\.com|zebulon")
