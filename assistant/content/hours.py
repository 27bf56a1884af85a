"""Opening hours in the clinic's own time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_MINUTES = 24 * 60
# Longer than any closure a clinic announces; beyond it "opens next" is left open.
_LOOK_AHEAD_DAYS = 60
_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")  # noqa: RUF001


@dataclass(frozen=True, order=True)
class Range:
    """Open from `start` to `end`, in minutes after midnight; `end` is at most 1440."""

    start: int
    end: int


@dataclass(frozen=True)
class OpeningHours:
    """Ranges for each weekday, Monday first, and the days that differ."""

    week: tuple[tuple[Range, ...], ...]
    exceptions: Mapping[date, tuple[Range, ...]] = field(default_factory=dict)

    def on(self, day: date) -> tuple[Range, ...]:
        """The ranges of one calendar day."""
        return self.exceptions.get(day, self.week[day.weekday()])


@dataclass(frozen=True)
class Status:
    """Whether the clinic is open, and when that changes (clinic's time; None: not in sight)."""

    is_open: bool
    until: datetime | None


def parse_ranges(texts: Sequence[str]) -> tuple[Range, ...]:
    """Read ranges such as "09:00-17:00", in order of time.

    Raises:
        ValueError: saying what is wrong with which range.
    """
    ranges = sorted(map(_parse_range, texts))
    for earlier, later in pairwise(ranges):
        if later.start < earlier.end:
            raise ValueError(f"ranges overlap: {', '.join(texts)}")
    return tuple(ranges)


def _parse_range(text: str) -> Range:
    match = _RANGE.fullmatch(str(text).strip())
    if not match:
        raise ValueError(f'"{text}" is not a range such as "09:00-17:00"')
    h1, m1, h2, m2 = map(int, match.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if m1 > 59 or m2 > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise ValueError(f'"{text}" has a time that does not exist')
    if end <= start:
        raise ValueError(
            f'"{text}" ends before it starts. A range cannot cross midnight: end this day with '
            '"...-24:00" and begin the next one with "00:00-..."'
        )
    return Range(start, end)


def status(hours: OpeningHours, zone: tzinfo, now: datetime) -> Status:
    """Whether the clinic is open at `now` (an aware datetime), and until or from when.

    Compared in UTC, so a range keeps its wall-clock times when the clocks change.
    """
    for start, end in _spells(hours, zone, now.astimezone(zone).date()):
        if now < start:
            return Status(False, start.astimezone(zone))
        if now < end:
            return Status(True, end.astimezone(zone))
    return Status(False, None)


def _spells(hours: OpeningHours, zone: tzinfo, today: date) -> Iterator[tuple[datetime, datetime]]:
    """Times of being open in UTC, from yesterday on; ranges that meet are one."""
    current: tuple[datetime, datetime] | None = None
    for offset in range(-1, _LOOK_AHEAD_DAYS):
        day = today + timedelta(days=offset)
        for part in hours.on(day):
            start, end = _instant(day, part.start, zone), _instant(day, part.end, zone)
            if end <= start:  # the whole range fell into the hour the clocks skip
                continue
            if current and start <= current[1]:
                current = (current[0], end)
                continue
            if current:
                yield current
            current = (start, end)
    if current:
        yield current


def _instant(day: date, minutes: int, zone: tzinfo) -> datetime:
    days, rest = divmod(minutes, DAY_MINUTES)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)
    return wall.astimezone(timezone.utc)
