"""The article is the clinic's, word for word, and its labels hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.content.article import Article, load_article
from assistant.content.problems import ContentError

SOURCE = Path(__file__).with_name("article.txt")


def test_the_wording_is_that_of_the_source(article: Article) -> None:
    source = re.sub(r"(?m)^\s*\d\. ", "", SOURCE.read_text(encoding="utf-8"))
    assert article.wording.split() == source.split()


def test_labels_are_lines_and_sentences_of_the_source(article: Article) -> None:
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    for passage in article.passages.values():
        number, letter = re.fullmatch(r"L(\d+)([a-z]?)", passage.id).groups()  # type: ignore[union-attr]
        line = lines[int(number) - 1]
        assert passage.text in line
        if letter == "a":
            assert line.lstrip(" 0123456789.").startswith(passage.text)


@pytest.mark.parametrize("label", ["L39", "L41", "L43b", "L55b", "L61", "L64", "L76a"])
def test_unsupported_sentences_stay_out_of_answers(article: Article, label: str) -> None:
    assert not article.passages[label].for_answers


def test_only_those_stay_out(article: Article) -> None:
    assert sum(not passage.for_answers for passage in article.passages.values()) == 7


def test_words_that_stay_out(article: Article) -> None:
    assert article.passages["L25"].without == ("safely",)
    assert article.passages["L59b"].without == ("schizoaffective disorder", "schizophrenia")
    assert article.passages["L76b"].without == ("ketamine is effective",)


@pytest.mark.parametrize(
    ("label", "title", "anchor"),
    [
        (
            "L3a",
            "Can Ketamine Therapy Help With Anxiety?",
            "can-ketamine-therapy-help-with-anxiety",
        ),
        ("L49", "How Does Ketamine Work?", "how-does-ketamine-work"),
        ("L68c", "What Studies Say", "what-studies-say"),
        ("L83b", "Consider Ketamine Therapy", "consider-ketamine-therapy"),
    ],
)
def test_section_is_the_heading_above(
    article: Article, label: str, title: str, anchor: str
) -> None:
    section = article.passages[label].section
    assert (section.title, section.anchor) == (title, anchor)


def test_a_label_used_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("# A\n\n[One.]{#L1}\n[Two.]{#L1}\n")
    with pytest.raises(ContentError) as caught:
        load_article(path)
    problem = caught.value.problems[0]
    assert (problem.line, problem.message) == (4, "label L1 is used before, on line 3")


def test_a_missing_article_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        load_article(tmp_path / "article.md")
