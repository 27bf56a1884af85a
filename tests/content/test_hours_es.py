"""Opening hours in Spanish words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.content.clinic import Clinic
from assistant.responses.spanish_facts import SpanishFacts

ZONE = ZoneInfo("America/Phoenix")
HOURS = {
    "monday": ["09:00-12:00", "13:00-17:00"],
    "tuesday": ["09:00-12:00", "13:00-17:00"],
    "wednesday": ["12:00-13:00"],
    "saturday": ["00:00-24:00"],
}


def facts(now: str, **known: object) -> SpanishFacts:
    clinic = Clinic(name="Clinic", time_zone="America/Phoenix", hours=HOURS, **known)
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    return SpanishFacts(clinic, lambda: moment)


def test_the_week() -> None:
    assert facts("2026-11-23T10:00").get("hours") == (
        "Lunes a martes: de 9 am a mediodía y de 1 pm a 5 pm\n"
        "Miércoles: de mediodía a 1 pm\n"
        "Jueves a viernes: cerrado\n"
        "Sábado: abierto todo el día\n"
        "Domingo: cerrado"
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T10:00", "Ahora está abierto, hasta el mediodía."),
        ("2026-11-23T13:30", "Ahora está abierto, hasta las 5 pm."),
        ("2026-11-25T12:30", "Ahora está abierto, hasta la 1 pm."),
        ("2026-11-23T07:00", "Ahora está cerrado. Abrimos a las 9 am."),
        ("2026-11-23T18:00", "Ahora está cerrado. Abrimos mañana a las 9 am."),
        ("2026-11-24T18:00", "Ahora está cerrado. Abrimos mañana al mediodía."),
        ("2026-11-26T18:00", "Ahora está cerrado. Abrimos el sábado a la medianoche."),
    ],
)
def test_now(now: str, words: str) -> None:
    assert facts(now).get("open_now") == words


def test_ways_to_reach_the_clinic_fit_after_puede() -> None:
    known = facts("2026-11-23T10:00", phone="480 555 0100", email="hello@example.com")
    assert known.get("reach_us") == "llamar al (480) 555-0100 o escribir a hello@example.com"
    assert facts("2026-11-23T10:00").get("ask_us") == "pasar por ahí"
