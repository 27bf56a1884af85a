from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.tables import TableError, read_table, read_texts, write_table

HEADER = ("text", "labels")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.tsv"


@pytest.mark.parametrize(
    "content",
    [
        "text\tlabels\nhow much\tfaq/cost\n",
        "text\tlabels\nhow much\tfaq/cost",
        "\ufefftext\tlabels\r\nhow much\tfaq/cost\r\n",
        "text\tlabels\n\n how much \tfaq/cost\n \n",
    ],
    ids=["plain", "no last line end", "bom and crlf", "blanks"],
)
def test_what_editors_make_of_a_table_is_read(file: Path, content: str) -> None:
    file.write_bytes(content.encode())
    assert read_table(file, HEADER) == [("how much", "faq/cost")]
    assert read_texts(file) == ["how much"]


def test_quotes_are_text(file: Path) -> None:
    file.write_text('text\tlabels\n"how much\tfaq/cost\n', encoding="utf-8")
    assert read_table(file, HEADER) == [('"how much', "faq/cost")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,labels\n", ":1: the header must be text<TAB>labels"),
        ("", ":1: the header must be text<TAB>labels"),
        ("text\tlabels\n\n", ": nothing after the header"),
        ("text\tlabels\na\tb\n\nhow much\n", ":4: 1 columns, expected 2"),
        ("text\tlabels\nhow\tmuch\tfaq/cost\n", ":2: 3 columns, expected 2"),
    ],
)
def test_errors_name_file_and_line(file: Path, content: str, message: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TableError) as error:
        read_table(file, HEADER)
    assert str(error.value) == f"{file}{message}"


def test_a_file_that_is_not_text_is_an_error(file: Path) -> None:
    file.write_bytes(b"text\tlabels\n\xff\xfe\tfaq/cost\n")
    with pytest.raises(TableError, match="not UTF-8"):
        read_table(file, HEADER)


def test_a_missing_file_is_an_error(file: Path) -> None:
    with pytest.raises(TableError, match="no such file"):
        read_table(file, HEADER)


def test_cells_cannot_break_a_table(file: Path) -> None:
    write_table(file, HEADER, [("how\tmuch\nis it", "faq/cost")])
    assert read_table(file, HEADER) == [("how much is it", "faq/cost")]
