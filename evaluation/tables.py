"""Reads and writes the tab-separated tables of evaluations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


class TableError(Exception):
    """A table that cannot be read, with file and line."""


def read_table(file: Path, header: Sequence[str]) -> list[tuple[str, ...]]:
    """Read a TSV without quoting.

    Args:
        file: UTF-8, first line `header` joined by tabs.
        header: the column names expected.

    Returns:
        A tuple of cells for each line after the header.

    Raises:
        TableError: if the file is missing, not UTF-8 or empty, or a line has another shape.
    """
    if not file.is_file():
        raise TableError(f"{file}: no such file")
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise TableError(f"{file}: not UTF-8 ({error})") from error
    if lines[0].rstrip("\r").split("\t") != list(header):
        raise TableError(f"{file}:1: the header must be {'<TAB>'.join(header)}")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = tuple(cell.strip() for cell in line.rstrip("\r").split("\t"))
        if len(cells) != len(header):
            raise TableError(f"{file}:{number}: {len(cells)} columns, expected {len(header)}")
        rows.append(cells)
    if not rows:
        raise TableError(f"{file}: nothing after the header")
    return rows


def read_texts(file: Path) -> list[str]:
    """Return the column `text` of a table.

    Raises:
        TableError: if there is no such column.
    """
    header, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    columns = header.split("\t")
    if "text" not in columns:
        raise TableError(f"{file}:1: no column `text`")
    return [line.split("\t")[columns.index("text")].strip() for line in lines if line.strip()]


def write_table(file: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a TSV without quoting; tabs and line ends in cells become spaces."""
    lines = [header, *rows]
    text = "\n".join("\t".join(" ".join(str(c).split()) for c in line) for line in lines)
    file.write_text(text + "\n", encoding="utf-8")


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Write a summary, readable by people too."""
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
