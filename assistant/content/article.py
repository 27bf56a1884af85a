"""The clinic's article: its passages, and the sections they stand in.

A passage is a Pandoc bracketed span, `[sentence]{#L7a}`. The class `not-for-answers` keeps it out
of every answer; the attribute `without` lists words, separated by `|`, that stay out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.attrs import attrs_plugin

from assistant.content.problems import ContentError, Problem


@dataclass(frozen=True)
class Section:
    """A heading of the article and the anchor it has on the page."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Passage:
    """A labelled sentence of the article."""

    id: str
    text: str
    section: Section
    line: int
    for_answers: bool = True
    without: tuple[str, ...] = ()
    """Phrases of the sentence that no answer repeats."""


@dataclass(frozen=True)
class Article:
    """The article by passage label."""

    passages: Mapping[str, Passage]
    wording: str
    """Headings and sentences as plain text, one block a line, without labels."""


def markdown() -> MarkdownIt:
    """The Markdown dialect of article.md: CommonMark, labelled spans, heading anchors."""
    parser = MarkdownIt("commonmark")
    return parser.use(attrs_plugin, spans=True).use(anchors_plugin, max_level=6)


def load_article(path: Path) -> Article:
    """Read article.md.

    Raises:
        ContentError: if it cannot be read or a label is used twice.
    """
    try:
        tokens = markdown().parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(path, 1, f"cannot be read: {error}")]) from error
    passages: dict[str, Passage] = {}
    problems = []
    for passage in _passages(tokens):
        if first := passages.get(passage.id):
            message = f"label {passage.id} is used before, on line {first.line}"
            problems.append(Problem(path, passage.line, message))
        passages[passage.id] = passage
    if problems:
        raise ContentError(problems)
    inlines = [token for token in tokens if token.type == "inline"]
    return Article(passages, "\n".join(_text(token.children or []) for token in inlines))


def _passages(tokens: list[Token]) -> Iterator[Passage]:
    section = Section("", "")
    for token, following in zip(tokens, tokens[1:] + tokens[:1], strict=True):
        if token.type == "heading_open":
            section = Section(_text(following.children or []), str(token.attrGet("id") or ""))
        elif token.type == "inline":
            yield from _spans(token, section)


def _spans(block: Token, section: Section) -> Iterator[Passage]:
    line = (block.map or [0])[0] + 1
    opened: tuple[Token, int, int] | None = None
    children = block.children or []
    for index, child in enumerate(children):
        if child.type == "softbreak":
            line += 1
        elif child.type == "span_open" and child.attrGet("id"):
            opened = (child, index, line)
        elif child.type == "span_close" and opened:
            span, start, first_line = opened
            yield _passage(span, _text(children[start:index]), section, first_line)
            opened = None


def _passage(span: Token, text: str, section: Section, line: int) -> Passage:
    classes = str(span.attrGet("class") or "").split()
    without = str(span.attrGet("without") or "").split("|")
    return Passage(
        id=str(span.attrGet("id")),
        text=text,
        section=section,
        line=line,
        for_answers="not-for-answers" not in classes,
        without=tuple(filter(None, without)),
    )


def _text(children: list[Token]) -> str:
    return "".join(" " if c.type in ("softbreak", "hardbreak") else c.content for c in children)
