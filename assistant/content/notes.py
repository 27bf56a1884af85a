"""Safety notes: fixed, dated texts that stand beside the article's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, constr, validator

from assistant.content.yaml_files import parse, read_yaml

Text = constr(strip_whitespace=True, min_length=1)


class Note(BaseModel, extra=Extra.forbid):
    """One safety note; signed once a clinician has reviewed it."""

    text: Text  # type: ignore[valid-type]
    again: Text  # type: ignore[valid-type]
    drafted_on: date
    reviewed_on: date | None = None
    reviewed_by: str | None = None

    @validator("reviewed_by", always=True)
    def _signed_whole(cls, value: str | None, values: dict[str, Any]) -> str | None:
        if bool(value) != bool(values.get("reviewed_on")):
            raise ValueError("a signed note needs both reviewed_on and reviewed_by")
        return value

    @property
    def is_signed(self) -> bool:
        """Whether a clinician has reviewed this wording."""
        return self.reviewed_on is not None


class _Notes(BaseModel):
    __root__: dict[str, Note]


def load_notes(path: Path) -> Mapping[str, Note]:
    """Read safety_notes.yml, by note id.

    Raises:
        ContentError: naming the line of each field that does not fit.
    """
    return parse(_Notes, path, read_yaml(path)).__root__
