"""Writes what was measured as Markdown tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from bench.understanding.data_sets import DataSet
from bench.understanding.measure import Confidence, Passing, passing
from bench.understanding.methods import CHOSEN, GRID, OWN_FEATURES
from bench.understanding.rasa_default import Prediction, cached_predictions
from bench.understanding.records import Record, load

RASA = "Rasa's default configuration"


def tables(data_sets: Sequence[DataSet]) -> str:
    """Return all tables, from records and cached predictions; what is missing shows as a dash."""
    records = {data_set.name: load(data_set.name) for data_set in data_sets}
    rasa = {data_set.name: cached_predictions(data_set) for data_set in data_sets}
    parts = [
        _data_table(data_sets, records),
        _accuracy_table(data_sets, records, rasa),
        *(_confidence_table(d, records[d.name], rasa[d.name]) for d in data_sets),
    ]
    return "\n".join(parts)


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its first column aligned left, the others right."""
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _data_table(data_sets: Sequence[DataSet], records: dict[str, Record | None]) -> str:
    rows = []
    for data_set in data_sets:
        record = records[data_set.name]
        if record is None:
            rows.append([data_set.name, "-", "-", "-", "not measured"])
            continue
        changed = "" if record.digest == data_set.digest() else "the data has changed since"
        counts = (record.examples, record.labels, record.questions)
        rows.append([data_set.name, *map(str, counts), changed])
    return markdown(["data set", "examples", "labels", "questions", ""], rows)


def _accuracy_table(
    data_sets: Sequence[DataSet],
    records: dict[str, Record | None],
    rasa: dict[str, list[Prediction] | None],
) -> str:
    """Accuracy of each method on each data set, and what a message costs on the first."""
    methods = [*(" | ".join(key) for key in GRID), *OWN_FEATURES]
    rows = []
    for name in methods:
        features, _, classifier = name.partition(" | ")
        cells = [_accuracy(records[d.name], name) for d in data_sets]
        shown = [classifier or features, features if classifier else "all", *cells]
        rows.append([*shown, _time(records[data_sets[0].name], name)])
    rows.append([RASA, "its own", *(_rasa_accuracy(d, rasa[d.name]) for d in data_sets), "-"])
    names = [data_set.name for data_set in data_sets]
    return markdown(["classifier", "features", *names, "ms a message"], rows)


def _accuracy(record: Record | None, method: str) -> str:
    speed = record and record.speed.get(method)
    return f"{speed.accuracy:.3f}" if speed else "-"


def _time(record: Record | None, method: str) -> str:
    speed = record and record.speed.get(method)
    return f"{speed.message_milliseconds:.1f}" if speed else "-"


def _rasa_accuracy(data_set: DataSet, predictions: list[Prediction] | None) -> str:
    if predictions is None:
        return "-"
    right = [
        p.best in q.labels
        for p, q in zip(predictions, data_set.test, strict=True)
        if q.in_scope or data_set.domain
    ]
    return f"{sum(right) / len(right):.3f}"


def _confidence_table(
    data_set: DataSet, record: Record | None, rasa: list[Prediction] | None
) -> str:
    """Calibration, and what happens under thresholds, on one data set."""
    rows: list[list[str]] = []
    measured = record.confidence if record else {}
    for name in CHOSEN:
        found = measured.get(name)
        if found is None:
            continue
        errors = [f"{found.error_as_is:.3f}", f"{found.error_calibrated:.3f}", _share(found.area)]
        rows += [[name, kind, *errors, *_passing(p)] for kind, p in _kinds(found)]
    if rasa is not None:
        passes = [p.answered != "nlu_fallback" for p in rasa]
        result = passing([p.best for p in rasa], passes, data_set.test)
        rows.append([RASA, "FallbackClassifier", "-", "-", "-", *_passing(result)])
    header = ["method", "threshold", "error as is", "calibrated", "ROC area"]
    header += ["right", "wrong", "outside refused"]
    return f"### {data_set.name}\n\n{markdown(header, rows)}"


def _kinds(found: Confidence) -> list[tuple[str, Passing]]:
    return [
        ("none", found.no_threshold),
        ("one", found.one_threshold),
        ("by group", found.by_group),
    ]


def _passing(found: Passing) -> list[str]:
    return [_share(found.right), _share(found.wrong), _share(found.refused_outside)]


def _share(share: float) -> str:
    return "-" if math.isnan(share) else f"{share:.3f}"
