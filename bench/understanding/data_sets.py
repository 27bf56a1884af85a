"""The data sets on which methods are compared."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.loading import load_data

from assistant.settings import ROOT
from evaluation.tables import TableError, read_table

OUT_OF_SCOPE = "out_of_scope"
_HEADER = ("text", "labels")
_EXAMPLES = ("data/nlu.yml", "data/safety.yml")
_QUESTIONS = ROOT / "evaluation" / "questions" / "dev.tsv"


@dataclass(frozen=True)
class Example:
    """A text to learn from."""

    text: str
    label: str


@dataclass(frozen=True)
class Question:
    """A text to be understood; the most fitting of its acceptable labels comes first."""

    text: str
    labels: tuple[str, ...]

    @property
    def in_scope(self) -> bool:
        """Whether it has an answer."""
        return OUT_OF_SCOPE not in self.labels


@dataclass(frozen=True)
class DataSet:
    """Examples to learn from, and questions to judge what was learnt."""

    name: str
    train: tuple[Example, ...]
    test: tuple[Question, ...]
    domain: Path | None = None
    """A Rasa domain, where labels are full keys of retrieval intents."""

    @property
    def texts(self) -> list[str]:
        """The examples' texts."""
        return [example.text for example in self.train]

    @property
    def labels(self) -> list[str]:
        """The examples' labels, one for each text."""
        return [example.label for example in self.train]

    def digest(self) -> str:
        """Return what changes when examples or questions do."""
        content = [[e.text, e.label] for e in self.train] + [q.text for q in self.test]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def own() -> DataSet:
    """Read the clinic's examples and the evaluation's development questions."""
    data = [load_data(str(ROOT / file)) for file in _EXAMPLES]
    messages = data[0].merge(*data[1:]).intent_examples
    train = tuple(Example(m.get(TEXT), m.get_full_intent()) for m in messages if m.get(TEXT))
    return DataSet("own", train, _questions(_QUESTIONS), ROOT / "domain.yml")


def own_ten_shot() -> DataSet:
    """Read the same with ten examples a label, drawn by chance but always the same ones.

    So few that Rasa's default configuration learns them in minutes, too.
    """
    return own_sample(10)


def own_sample(size: int) -> DataSet:
    """Read the same with `size` examples a label, drawn by chance but always the same ones."""
    full = own()
    draw = random.Random(0)  # noqa: S311
    train = [
        Example(text, label)
        for label in sorted(set(full.labels))
        for text in draw.sample([e.text for e in full.train if e.label == label], size)
    ]
    return replace(full, name=f"own-{size}", train=tuple(train))


def banking77(folder: Path) -> DataSet:
    """Read BANKING77 (Casanueva et al. 2020, arXiv:2003.04807), 10 examples a class.

    Raises:
        TableError: if a file is missing from `folder` or has another shape.
    """
    train = _examples(folder / "banking77_train_10shot.tsv")
    return DataSet("banking77", train, _questions(folder / "banking77_test.tsv"))


def clinc150(folder: Path) -> DataSet:
    """Read CLINC150 (Larson et al. 2019, arXiv:1909.02027), 10 examples a class.

    The out-of-scope questions are among those to judge by, not among the examples.

    Raises:
        TableError: if a file is missing from `folder` or has another shape.
    """
    test = (
        *_questions(folder / "clinc150_test.tsv"),
        *(Question(text, (OUT_OF_SCOPE,)) for text in _texts(folder / "clinc150_oos_test.tsv")),
    )
    return DataSet("clinc150", _examples(folder / "clinc150_train_10shot.tsv"), test)


def clinc150_with_out_of_scope(folder: Path) -> DataSet:
    """Read CLINC150 with its 100 out-of-scope examples as one more class.

    Raises:
        TableError: if a file is missing from `folder` or has another shape.
    """
    base = clinc150(folder)
    outside = _texts(folder / "clinc150_oos_train.tsv")
    train = (*base.train, *(Example(text, OUT_OF_SCOPE) for text in outside))
    return replace(base, name="clinc150+oos", train=train)


def all_data_sets(folder: Path) -> Sequence[DataSet]:
    """Read the public data sets of `folder` and the clinic's own.

    Raises:
        TableError: if `folder` is none, or a file in it is missing or has another shape.
    """
    if not folder.is_dir():
        raise TableError(f"{folder}: no such folder; give the one that holds the benchmarks")
    return [
        banking77(folder),
        clinc150(folder),
        own(),
        own_ten_shot(),
        clinc150_with_out_of_scope(folder),
    ]


def _examples(file: Path) -> tuple[Example, ...]:
    return tuple(Example(text, label) for text, label in read_table(file, _HEADER))


def _questions(file: Path) -> tuple[Question, ...]:
    rows = read_table(file, _HEADER)
    return tuple(Question(text, tuple(labels.split("|"))) for text, labels in rows)


def _texts(file: Path) -> list[str]:
    return [text for text, _ in read_table(file, _HEADER)]
