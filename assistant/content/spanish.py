"""The Spanish wordings, from content/spanish.yml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, constr

from assistant.content.yaml_files import parse, read_yaml

Text = constr(strip_whitespace=True, min_length=1)


class _Strict(BaseModel, extra=Extra.forbid):
    """Refuses names it does not know, so that a typing mistake is found."""


class Wording(_Strict):
    """One wording, and what it alone needs; `channel` as in Rasa's responses."""

    text: Text  # type: ignore[valid-type]
    needs: list[str] = []
    offers: str | None = None
    channel: str | None = None


class SpanishResponse(_Strict):
    """The Spanish of one response; everything else it takes over from domain.yml."""

    title: str | None = None
    question: str | None = None
    other: dict[str, str] | None = None
    texts: list[Text | Wording]  # type: ignore[valid-type]

    @property
    def wordings(self) -> list[Wording]:
        """The wordings, in order."""
        return [w if isinstance(w, Wording) else Wording(text=w) for w in self.texts]


class SpanishNote(_Strict):
    """The Spanish of one safety note."""

    text: Text  # type: ignore[valid-type]
    again: Text  # type: ignore[valid-type]


class Lines(_Strict):
    """What stands around an answer; the names in braces are filled in."""

    last: str = "and"
    """Between the last two items of a list."""
    source: str = "Source: our article, {titles}"
    safety_note: str = "Safety note: {note}"
    directions: str = "Directions"
    booking: str = "Book a visit"
    privacy: str = "Privacy notice"
    phone: str = "Phone: {phone}"


class Spanish(_Strict):
    """All of it."""

    reviewed_on: date | None = None
    reviewed_by: str | None = None
    lines: Lines = Lines()
    groups: Mapping[str, str] = {}
    notes: Mapping[str, SpanishNote] = {}
    responses: Mapping[str, SpanishResponse] = {}


def load_spanish(path: Path) -> Spanish:
    """Read spanish.yml.

    Raises:
        ContentError: naming the line of each field that does not fit.
    """
    data: Any = read_yaml(path)
    return parse(Spanish, path, data)
