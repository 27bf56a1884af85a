"""What counts as a message without words, and what must not."""

from __future__ import annotations

import csv

import pytest

from assistant.content.validate.examples import read_examples
from assistant.nlu.reading.gibberish import is_gibberish
from assistant.nlu.reading.wordless import says_yes, wordless
from assistant.settings import ROOT

# Rare words, drugs, names, acronyms and laughs that look odd to a model of English letters.
REAL = """
    xanax zyprexa zyrtec xyrem wellbutrin hydroxyzine lisdexamfetamine eszopiclone mthfr PTSD CPTSD
    BCBS HIPAA xochitl krzysztof ngozi caoimhe tkachenko nguyen dziękuję przepraszam wszystko
    krankenversicherung psiquiatra zeitgeist kiosk rhythm hmm hahaha jajaja lmfao heyyy noooo
    yesss 10mg 2pm b12 covid19 su1c1dal
""".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("…", "blank"),
        ("  ", "blank"),
        (".", "signs"),
        ("???", "signs"),
        ("¿?", "signs"),
        ("-_-", "signs"),
        ("42", "number"),
        ("480-555-0100", "number"),
        ("1+1", "number"),
        ("😭😭", "sad_emoji"),
        ("💔", "sad_emoji"),
        ("😀 😢", "sad_emoji"),
        (":'(", "sad_emoji"),
        ("T_T", "sad_emoji"),
        ("🤷🏽\u200d♀️", "emoji"),
        ("🇺🇸", "emoji"),
        ("❤️", "emoji"),
        (":)", "emoji"),
        ("asdfgh", "gibberish"),
        ("Qwertyuiop", "gibberish"),
        ("sdkjfh ksjdhf?", "gibberish"),
        ("jjjjjjj", "gibberish"),
        ("b", "gibberish"),
        ("sad 😢", None),
        ("I cant 😭", None),
        ("is asdfgh ok", None),
        ("k", None),
        ("no", None),
        ("你好", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert wordless(text) == kind


@pytest.mark.parametrize("word", REAL)
def test_rare_words_and_names_are_no_gibberish(word: str) -> None:
    assert not is_gibberish(word)


def test_nothing_that_people_ask_is_taken_for_gibberish() -> None:
    examples = [e for f in ("nlu", "safety") for e in read_examples(ROOT / "data" / f"{f}.yml")]
    lost = {e.text: e.label for e in examples if e.label != "out_of_scope" and wordless(e.text)}
    assert not lost
    with (ROOT / "evaluation" / "safety" / "messages.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert not {row["text"] for row in rows if row["label"] != "NONE" and wordless(row["text"])}


@pytest.mark.parametrize(
    ("text", "agrees"),
    [("👍🏽", True), ("✅", True), ("👎", False), ("👍 😂", False), ("ok", False)],
)
def test_a_thumb_up_agrees(text: str, agrees: bool) -> None:
    assert says_yes(text) is agrees
