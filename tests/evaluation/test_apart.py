"""Questions for evaluation must not stand among the training examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.content.validate.examples import read_examples
from assistant.settings import ROOT
from evaluation.grouping import key_of
from evaluation.tables import read_texts

TABLES = sorted((ROOT / "evaluation").rglob("*.tsv"))
EXAMPLES = [ROOT / "data" / name for name in ("nlu.yml", "safety.yml", "spanish.yml")]


@pytest.fixture(scope="module")
def examples() -> dict[str, str]:
    return {
        key_of(example.text): f"{file.name}, line {example.line}: {example.text}"
        for file in EXAMPLES
        for example in read_examples(file)
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_no_question_is_an_example_but_for_case_and_punctuation(
    table: Path, examples: dict[str, str]
) -> None:
    both = {text: examples[key_of(text)] for text in read_texts(table) if key_of(text) in examples}
    assert not both
