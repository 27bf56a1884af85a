from __future__ import annotations

from pathlib import Path

import pytest

from bench.understanding.data_sets import DataSet, Example, Question


@pytest.fixture
def benchmarks(tmp_path: Path) -> Path:
    """A folder like that of the benchmarks, with two labels of each."""
    files = {
        "banking77_train_10shot": [("where is my card", "arrival"), ("card is lost", "lost")],
        "banking77_test": [("has my card come", "arrival")],
        "clinc150_train_10shot": [("say hello in french", "translate"), ("my bills", "bill")],
        "clinc150_test": [("how is yes said in thai", "translate")],
        "clinc150_oos_train": [("who won the match", "oos")],
        "clinc150_oos_test": [("how tall is the tower", "oos"), ("who sings this", "oos")],
    }
    for name, rows in files.items():
        lines = ["text\tlabels", *("\t".join(row) for row in rows)]
        (tmp_path / f"{name}.tsv").write_text("\n".join(lines) + "\n")
    return tmp_path


@pytest.fixture
def clinic() -> DataSet:
    """Six examples of three labels, and three questions, one of them out of scope."""
    examples = [
        ("what does it cost", "clinic/cost"),
        ("what is the price", "clinic/cost"),
        ("is it safe", "faq/safety"),
        ("any danger in it", "faq/safety"),
        ("who won the match", "out_of_scope"),
        ("tell me the weather", "out_of_scope"),
    ]
    questions = [
        ("what is the cost", ("clinic/cost",)),
        ("is it a danger", ("faq/safety", "faq/side_effects")),
        ("weather in the match", ("out_of_scope",)),
    ]
    return DataSet(
        "tiny",
        tuple(Example(*e) for e in examples),
        tuple(Question(*q) for q in questions),
        Path("domain.yml"),
    )
