"""Facts that texts may name in braces; one that is not set has no value, and is never invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone

from assistant.content.clinic import Clinic
from assistant.content.hours import Status, status
from assistant.content.hours_text import status_text, week_text

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Facts:
    """The clinic's facts by placeholder name, some of them worked out from others."""

    _status_text: Callable[[Status, datetime], str] = staticmethod(status_text)

    def __init__(self, clinic: Clinic, clock: Clock = _now) -> None:
        """Work out everything that does not depend on the time of day."""
        self._hours = clinic.opening_hours
        self._zone = clinic.zone
        self._clock = clock
        facts = {**_fixed(clinic), **self._in_words(clinic)}
        self._fixed = {name: value for name, value in facts.items() if value}

    def get(self, name: str) -> str | None:
        """The words for a placeholder, or None when the fact is not known."""
        if name == "open_now":
            return self._open_now()
        return self._fixed.get(name)

    def _open_now(self) -> str | None:
        if self._hours is None or self._zone is None:
            return None
        now = self._clock().astimezone(self._zone)
        return self._status_text(status(self._hours, self._zone, now), now)

    @staticmethod
    def _in_words(clinic: Clinic) -> Mapping[str, str | None]:
        """The facts that are more than a name or a number."""
        hours = clinic.opening_hours
        return {
            "phone_or_email": " or ".join(filter(None, (clinic.phone, clinic.email))),
            "hours": week_text(hours) if hours else None,
            # Both fit "you can ..."; ask_us where the clinic has just been named.
            "reach_us": _ways(clinic) or _drop_by(clinic, "drop by the clinic"),
            "ask_us": _ways(clinic) or _drop_by(clinic, "drop by"),
        }


def fact_names() -> set[str]:
    """Every placeholder name that facts can fill, set or not."""
    nothing = Clinic(name="-")
    return {*_fixed(nothing), *Facts._in_words(nothing), "open_now"}


def _fixed(clinic: Clinic) -> Mapping[str, str | None]:
    address = clinic.address.line if clinic.address else None
    return {
        "clinic_name": clinic.name,
        "services": listed(clinic.services),
        "address": address,
        "address_line": address,
        "phone": clinic.phone,
        "email": clinic.email,
        "booking_url": clinic.booking_url,
        "directions_url": clinic.directions_url,
        "privacy_url": clinic.privacy_url,
        "time_zone": clinic.time_zone,
        **{name: str(days) for name, days in clinic.retention.dict().items()},
    }


def _ways(clinic: Clinic) -> str:
    ways = [("call", clinic.phone), ("write to", clinic.email)]
    return " or ".join(f"{verb} {value}" for verb, value in ways if value)


def _drop_by(clinic: Clinic, phrase: str) -> str:
    return f"{phrase} at {clinic.address.line}" if clinic.address else phrase


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as a list, `last` before the last one."""
    if len(items) < 3:
        return f" {last} ".join(items)
    comma = "," if last == "and" else ""
    return f"{', '.join(items[:-1])}{comma} {last} {items[-1]}"
