"""Invented people, with everything about them that must be found nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

_NAMES = product(("zor", "quel", "brix", "fyn", "wex"), ("va", "do", "mi", "ku"), range(10))
_ENDINGS = ("bek", "lund", "quist", "zak", "thorpe", "gost", "wyck", "vram", "xell", "plim")
_AREAS = ("480", "602", "623")
# Answered, not answered, in danger, in Spanish, and a request that the assistant has no say in.
_MESSAGES = (
    "My name is {name}, my card is {card}, my ssn is {social}. Call {phone} or write to {email}. "
    "What is ketamine?",
    "Hi, this is {name}. Do you sell garden furniture? {email}, {phone}. SSN: {social}. "
    "You may charge {card}",
    "call me {name}! my number is {phone} and my e-mail {email}, card {card}, social security "
    "number {social}. I want to kill myself",
    "Me llamo {name}, mi teléfono es {phone}, mi correo {email}, tarjeta {card}, ssn {social}. "
    "¿Cuánto cuesta?",
    "name: {name}\nphone: {phone}\nmail: {email}\ncard: {card}\nssn: {social}\n"
    "Should I stop taking my medicine?",
)
_PHONES = ("{a}-{b}-{c}", "({a}) {b}-{c}", "{a}{b}{c}", "+1 {a} {b} {c}", "{a}.{b}.{c}")
_CARDS = ("{a}{b}{c}{d}", "{a} {b} {c} {d}", "{a}-{b}-{c}-{d}")
_SOCIALS = ("{a}-{b}-{c}", "{a} {b} {c}", "{a}{b}{c}")


@dataclass(frozen=True)
class Person:
    """Somebody who tells all about themselves, in one of many ways."""

    number: int
    name: str

    @property
    def phone(self) -> str:
        """Of the numbers that are given to nobody."""
        a, c = _AREAS[self.number // 100], f"01{self.number % 100:02}"
        return self._one_of(_PHONES, a=a, b="555", c=c)

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.com"

    @property
    def card(self) -> str:
        """Of a range for tests, with a right check digit."""
        digits = with_check_digit(f"400000{self.number:03}123456")
        groups = (digits[start : start + 4] for start in range(0, 16, 4))
        return self._one_of(_CARDS, **dict(zip("abcd", groups, strict=True)))

    @property
    def social(self) -> str:
        """Of those that are never given out: 000 and 9xx."""
        a = "000" if self.number % 2 else f"9{self.number % 100:02}"
        return self._one_of(_SOCIALS, a=a, b=10 + self.number % 80, c=4000 + self.number)

    @property
    def told(self) -> str:
        """One message with all of it."""
        return _MESSAGES[self.number % len(_MESSAGES)].format(
            name=self.name,
            phone=self.phone,
            email=self.email,
            card=self.card,
            social=self.social,
        )

    @property
    def form(self) -> list[str]:
        """What they say to be called back."""
        return [
            "please have someone call me back",
            self.name,
            f"480-555-01{self.number % 100:02}",
            "afternoons",
            "yes",
        ]

    def _one_of(self, ways: tuple[str, ...], **parts: object) -> str:
        return ways[self.number // len(_MESSAGES) % len(ways)].format(**parts)


def people() -> list[Person]:
    """200 of them; no name is part of another word."""
    names = (f"{a}{b}{_ENDINGS[n]}".capitalize() for a, b, n in _NAMES)
    return [Person(number, name) for number, name in enumerate(names)]


def with_check_digit(digits: str) -> str:
    """Append the check digit of card numbers (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits)))
    return digits + str(-sum(n // 10 + n % 10 for n in doubled) % 10)
