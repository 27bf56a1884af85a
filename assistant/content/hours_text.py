"""Opening hours in words."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from assistant.content.hours import DAY_MINUTES, WEEKDAYS, OpeningHours, Range, Status


def status_text(status: Status, now: datetime) -> str:
    """One sentence or two, such as "We're open now, until 5 pm."; `now` in the clinic's zone."""
    if status.is_open:
        if status.until is None or (status.until - now).days >= 1:
            return "We're open now."
        return f"We're open now, until {clock(_minutes(status.until))}."
    if status.until is None:
        return "We're closed now."
    return f"We're closed now. We open {_day(status.until, now)}at {clock(_minutes(status.until))}."


def _day(then: datetime, now: datetime) -> str:
    days = (then.date() - now.date()).days
    if days == 0:
        return ""
    if days == 1:
        return "tomorrow "
    if days < 7:
        return f"on {then:%A} "
    return f"on {then:%A, %B} {then.day}, "


def week_text(hours: OpeningHours) -> str:
    """The usual week, one line for each run of days with equal hours."""
    lines = []
    numbered = enumerate(hours.week)
    for ranges, run in groupby(numbered, key=lambda day: day[1]):
        days = [WEEKDAYS[index].capitalize() for index, _ in run]
        name = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        lines.append(f"{name}: {_ranges(ranges)}")
    return "\n".join(lines)


def _ranges(ranges: tuple[Range, ...]) -> str:
    if not ranges:
        return "closed"
    if ranges == (Range(0, DAY_MINUTES),):
        return "open all day"
    return " and ".join(f"{clock(r.start)} to {clock(r.end)}" for r in ranges)


def clock(minutes: int) -> str:
    """A time of day as people here say it: "9 am", "12:30 pm", "noon", "midnight"."""
    hour, minute = divmod(minutes % DAY_MINUTES, 60)
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    shown = f"{(hour - 1) % 12 + 1}"
    return f"{shown}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
