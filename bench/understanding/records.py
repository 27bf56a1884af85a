"""Keeps what was measured, so that the tables can be made again without measuring."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.settings import VAR
from bench.understanding.data_sets import DataSet
from bench.understanding.measure import Confidence, Passing, Speed

RECORDS = VAR / "bench" / "understanding"


@dataclass(frozen=True)
class Record:
    """The figures of one data set."""

    data_set: str
    examples: int
    labels: int
    questions: int
    digest: str
    """Of the data they were measured on."""
    speed: dict[str, Speed]
    """By features and classifier, joined by " | "; by name for methods with their own features."""
    confidence: dict[str, Confidence]
    """By name of the method."""


def empty_record(data_set: DataSet) -> Record:
    """Return a record of a data set on which nothing has been measured yet."""
    counts = (len(data_set.train), len(set(data_set.labels)), len(data_set.test))
    return Record(data_set.name, *counts, data_set.digest(), {}, {})


def save(record: Record, folder: Path = RECORDS) -> None:
    """Write a record under the name of its data set."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(record), indent=2)
    (folder / f"{record.data_set}.json").write_text(text + "\n")


def load(name: str, folder: Path = RECORDS) -> Record | None:
    """Read a data set's record, if there is one."""
    file = folder / f"{name}.json"
    if not file.is_file():
        return None
    fields = json.loads(file.read_text())
    speed = {key: Speed(**value) for key, value in fields.pop("speed").items()}
    confidence = {key: _confidence(value) for key, value in fields.pop("confidence").items()}
    return Record(**fields, speed=speed, confidence=confidence)


def _confidence(value: dict[str, float | dict[str, float]]) -> Confidence:
    passing = {key: Passing(**part) for key, part in value.items() if isinstance(part, dict)}
    return Confidence(**{**value, **passing})  # type: ignore[arg-type]
