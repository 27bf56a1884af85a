"""Opening hours in Spanish words."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from assistant.content.hours import DAY_MINUTES, OpeningHours, Range, Status

_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre"),
    *("octubre", "noviembre", "diciembre"),
)


def status_text(status: Status, now: datetime) -> str:
    """One sentence or two, such as "Ahora está abierto, hasta las 5 pm."; `now` in the zone."""
    if status.is_open:
        if status.until is None or (status.until - now).days >= 1:
            return "Ahora está abierto."
        return f"Ahora está abierto, hasta {_at(_minutes(status.until))}."
    if status.until is None:
        return "Ahora está cerrado."
    opening = _at(_minutes(status.until))
    words = f"Ahora está cerrado. Abrimos {_day(status.until, now)}a {opening}."
    return words.replace(" a el ", " al ")


def _day(then: datetime, now: datetime) -> str:
    days = (then.date() - now.date()).days
    if days == 0:
        return ""
    if days == 1:
        return "mañana "
    if days < 7:
        return f"el {_DAYS[then.weekday()]} "
    return f"el {_DAYS[then.weekday()]} {then.day} de {_MONTHS[then.month - 1]} "


def week_text(hours: OpeningHours) -> str:
    """The usual week, one line for each run of days with equal hours."""
    lines = []
    for ranges, run in groupby(enumerate(hours.week), key=lambda day: day[1]):
        days = [_DAYS[index] for index, _ in run]
        name = days[0] if len(days) == 1 else f"{days[0]} a {days[-1]}"
        lines.append(f"{name.capitalize()}: {_ranges(ranges)}")
    return "\n".join(lines)


def _ranges(ranges: tuple[Range, ...]) -> str:
    if not ranges:
        return "cerrado"
    if ranges == (Range(0, DAY_MINUTES),):
        return "abierto todo el día"
    return " y ".join(f"de {clock(r.start)} a {clock(r.end)}" for r in ranges)


def clock(minutes: int) -> str:
    """A time of day as people here say it: "9 am", "12:30 pm", "mediodía", "medianoche"."""
    hour, minute = divmod(minutes % DAY_MINUTES, 60)
    if minute == 0 and hour in (0, 12):
        return "mediodía" if hour else "medianoche"
    shown = f"{(hour - 1) % 12 + 1}"
    return f"{shown}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"


def _at(minutes: int) -> str:
    """The time with its article: "la 1 pm", "las 9 am", "el mediodía", "la medianoche"."""
    time = clock(minutes)
    if time == "mediodía":
        return "el mediodía"
    return (
        f"{'la' if time == 'medianoche' or time.split()[0].split(':')[0] == '1' else 'las'} {time}"
    )


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
