"""The clinic's facts in Spanish words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from assistant.content import hours_text_es
from assistant.content.clinic import Clinic
from assistant.content.hours import Status
from assistant.responses.facts import Facts


class SpanishFacts(Facts):
    """As `Facts`; reach_us and ask_us fit "puede ..."."""

    _status_text: Callable[[Status, datetime], str] = staticmethod(hours_text_es.status_text)

    @staticmethod
    def _in_words(clinic: Clinic) -> dict[str, str | None]:
        hours = clinic.opening_hours
        return {
            "phone_or_email": " o ".join(filter(None, (clinic.phone, clinic.email))),
            "hours": hours_text_es.week_text(hours) if hours else None,
            "reach_us": _ways(clinic) or _drop_by(clinic, "pasar por la clínica"),
            "ask_us": _ways(clinic) or _drop_by(clinic, "pasar por ahí"),
        }


def _ways(clinic: Clinic) -> str:
    ways = [("llamar al", clinic.phone), ("escribir a", clinic.email)]
    return " o ".join(f"{verb} {value}" for verb, value in ways if value)


def _drop_by(clinic: Clinic, phrase: str) -> str:
    return f"pasar por la clínica en {clinic.address.line}" if clinic.address else phrase
