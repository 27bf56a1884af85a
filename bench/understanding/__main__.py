"""`make bench-understanding`: measures every method on every data set and writes the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import typer

from bench.understanding.data_sets import DataSet, all_data_sets
from bench.understanding.measure import measure_confidence, measure_speed
from bench.understanding.methods import CHOSEN, GRID, OWN_FEATURES
from bench.understanding.rasa_default import TrainingFailedError, cached_predictions, predict
from bench.understanding.records import Record, empty_record, load, save
from bench.understanding.tables import tables
from evaluation.tables import TableError


def measure(data_set: DataSet, again: bool) -> None:
    """Measure every method on a data set, and keep each figure as soon as it is there."""
    record = load(data_set.name)
    if again or record is None or record.digest != data_set.digest():
        record = empty_record(data_set)
    for name, make in {**OWN_FEATURES, **{" | ".join(k): make for k, make in GRID.items()}}.items():
        if name not in record.speed:
            record.speed[name] = measure_speed(make, data_set)
            _keep(record, f"{name}: {record.speed[name].accuracy:.3f}")
    for name, make in CHOSEN.items():
        if name not in record.confidence:
            record.confidence[name] = measure_confidence(make, data_set)
            _keep(record, f"{name}: confidence")


def _keep(record: Record, news: str) -> None:
    save(record)
    typer.echo(f"{record.data_set}: {news}", err=True)


def main(
    benchmarks: Optional[Path] = None,  # noqa: UP045  (typer 0.9 reads only Optional)
    only: Optional[str] = None,  # noqa: UP045
    again: bool = False,
    rasa_default: bool = False,
    out: Path = Path("out/understanding.md"),
) -> None:
    """Measure on the data sets of the folder BENCHMARKS and the clinic's own; write OUT.

    What was measured on the same data before is measured AGAIN only when told; ONLY names
    one data set. RASA_DEFAULT trains Rasa's default configuration, too, which takes hours.
    """
    try:
        if benchmarks is None:
            raise TableError("give the folder that holds the benchmarks: BENCHMARKS=<folder>")
        data_sets = all_data_sets(benchmarks)
        chosen = [d for d in data_sets if only in (None, d.name)]
        if not chosen:
            raise TableError(f"{only}: no such data set; {', '.join(d.name for d in data_sets)}")
        for data_set in chosen:
            measure(data_set, again)
            if rasa_default and (again or cached_predictions(data_set) is None):
                typer.echo(f"{data_set.name}: training Rasa's default configuration", err=True)
                predict(data_set)
    except (TableError, TrainingFailedError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(tables(data_sets))
    typer.echo(f"tables in {out}")


if __name__ == "__main__":
    typer.run(main)
