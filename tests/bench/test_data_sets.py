from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.understanding.data_sets import (
    DataSet,
    Example,
    all_data_sets,
    banking77,
    clinc150,
    clinc150_with_out_of_scope,
    own,
)
from evaluation.tables import TableError

pytestmark = pytest.mark.slow


def test_own_holds_all_examples_under_their_full_keys() -> None:
    data_set = own()
    assert {"faq/side_effects", "clinic/cost", "crisis", "out_of_scope"} <= set(data_set.labels)
    assert len({q.labels[0] for q in data_set.test} - set(data_set.labels)) == 0


def test_clinc150_asks_what_is_out_of_scope_but_teaches_it_only_when_told(
    benchmarks: Path,
) -> None:
    without, having = clinc150(benchmarks), clinc150_with_out_of_scope(benchmarks)
    assert [q.in_scope for q in without.test] == [True, False, False]
    assert without.test == having.test
    assert set(having.labels) - set(without.labels) == {"out_of_scope"}


def test_names_differ(benchmarks: Path) -> None:
    names = [data_set.name for data_set in all_data_sets(benchmarks)]
    assert len(set(names)) == len(names) == 5


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(TableError, match=r"/nowhere: no such folder"):
        all_data_sets(Path("/nowhere"))


def test_a_missing_file_is_named(benchmarks: Path) -> None:
    (benchmarks / "banking77_test.tsv").unlink()
    with pytest.raises(TableError, match=r"banking77_test.tsv: no such file"):
        banking77(benchmarks)


@pytest.mark.parametrize("change", ["example", "label", "question"])
def test_digest_changes_with_the_data(clinic: DataSet, change: str) -> None:
    first, *others = clinic.train
    changed = {
        "example": replace(clinic, train=(Example("how dear", first.label), *others)),
        "label": replace(clinic, train=(Example(first.text, "faq/safety"), *others)),
        "question": replace(clinic, test=clinic.test[1:]),
    }[change]
    assert changed.digest() != clinic.digest()
    assert replace(clinic).digest() == clinic.digest()
