"""Messages by somebody who had not seen the rules: which of them are told to be unreadable."""

from __future__ import annotations

import csv
from pathlib import Path

from assistant.nlu.reading.other_languages import other_language
from assistant.nlu.reading.wordless import wordless

TABLE = Path(__file__).with_name("unreadable.tsv")
KINDS = {
    "symbols": {"signs", "number", "blank"},
    "emoji": {"emoji", "sad_emoji"},
    "gibberish": {"gibberish"},
}
# What slips through is asked about like any other unclear message.
FEWEST = {"symbols": 1.0, "emoji": 1.0, "gibberish": 0.65, "language": 1.0}


def test_as_many_are_noticed_as_when_last_measured() -> None:
    with TABLE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    missed: dict[str, list[str]] = {kind: [] for kind in FEWEST}
    for row in rows:
        text, kind = row["text"], row["kind"]
        if kind == "language":
            noticed = other_language(text) == row["language"]
        else:
            noticed = wordless(text) in KINDS[kind]
        if not noticed:
            missed[kind].append(text)
    for kind, fewest in FEWEST.items():
        total = sum(row["kind"] == kind for row in rows)
        assert len(missed[kind]) <= round((1 - fewest) * total, 3), missed
