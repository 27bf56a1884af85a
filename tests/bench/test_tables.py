from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bench.understanding import records, tables
from bench.understanding.__main__ import main
from bench.understanding.data_sets import DataSet
from bench.understanding.measure import measure_confidence, measure_speed
from bench.understanding.methods import ASSISTANT, CHOSEN, GRID, OWN_FEATURES
from bench.understanding.rasa_default import Prediction
from bench.understanding.records import Record, load, save

pytestmark = pytest.mark.slow


@pytest.fixture
def record(clinic: DataSet) -> Record:
    """Figures of a linear SVM on words, given to every method."""
    make = GRID["words", "linear SVM"]
    larger = DataSet("tiny", clinic.train * 5, clinic.test, clinic.domain)
    speed = measure_speed(make, larger)
    confidence = measure_confidence(make, larger)
    names = [*(" | ".join(key) for key in GRID), *OWN_FEATURES]
    return Record(
        "tiny", 30, 3, 3, clinic.digest(), dict.fromkeys(names, speed),
        dict.fromkeys(CHOSEN, confidence),
    )  # fmt: skip


def test_a_record_is_read_as_it_was_saved(tmp_path: Path, record: Record) -> None:
    save(record, tmp_path)
    assert load("tiny", tmp_path) == record
    assert load("other", tmp_path) is None


def test_tables_show_figures_and_what_is_missing(
    clinic: DataSet, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = DataSet("other", clinic.train, clinic.test)
    monkeypatch.setattr(tables, "load", {"tiny": record}.get)
    guesses = [Prediction("clinic/cost", "clinic/cost", 0.9)] * 3
    monkeypatch.setattr(tables, "cached_predictions", lambda d: guesses if d is clinic else None)
    text = tables.tables([clinic, other])
    accuracy = f"{record.speed[ASSISTANT].accuracy:.3f}"
    assert "| tiny | 30 | 3 | 3 |  |" in text
    assert "| other | - | - | - | not measured |" in text
    assert f"| {ASSISTANT} | all | {accuracy} | - |" in text
    assert "| Rasa's default configuration | its own | 0.333 | - | - |" in text


def test_data_that_has_changed_is_said(
    clinic: DataSet, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "load", lambda name: record)
    monkeypatch.setattr(tables, "cached_predictions", lambda data_set: None)
    changed = DataSet("tiny", clinic.train[1:], clinic.test)
    assert "the data has changed since" in tables.tables([changed])


def test_speed_and_confidence_are_of_the_questions(record: Record) -> None:
    found = record.confidence[ASSISTANT]
    assert record.speed[ASSISTANT].accuracy == 1
    assert found.no_threshold.right == 1
    assert found.no_threshold.refused_outside == 1
    assert found.one_threshold.right <= found.no_threshold.right


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "BENCHMARKS=<folder>"),
        (["--benchmarks", "/nowhere"], "/nowhere: no such folder"),
        (
            ["--benchmarks", "{benchmarks}", "--only", "nothing"],
            "nothing: no such data set; banking77",
        ),
    ],
)
def test_command_says_what_is_wrong(
    arguments: list[str], complaint: str, benchmarks: Path, tmp_path: Path
) -> None:
    app = typer.Typer()
    app.command()(main)
    filled = [a.format(benchmarks=benchmarks) for a in arguments]
    result = CliRunner().invoke(app, [*filled, "--out", str(tmp_path / "t.md")])
    assert result.exit_code == 2
    assert complaint in result.output
    assert not (tmp_path / "t.md").exists()


def test_records_lie_where_git_does_not_look() -> None:
    assert "var" in records.RECORDS.parts
