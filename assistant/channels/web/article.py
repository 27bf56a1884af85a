"""The clinic's article as HTML, with the anchors that answers point to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it.token import Token

from assistant.content.article import Section, markdown
from assistant.content.problems import ContentError, Problem

# For the assistant, not for readers.
_MARKS = ("class", "without")
_HEADING = 3  # tokens: opening, text, closing


@dataclass(frozen=True)
class ArticlePage:
    """What the page shows of article.md.

    Attributes:
        title: its first heading.
        html: everything below it.
        sections: its second-level headings, in order.
    """

    title: str
    html: str
    sections: Sequence[Section] = ()


def load_article_page(path: Path) -> ArticlePage:
    """Render article.md.

    Raises:
        ContentError: if it cannot be read.
    """
    parser = markdown()
    try:
        tokens = parser.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(path, 1, f"cannot be read: {error}")]) from error
    for span in (child for token in tokens for child in token.children or []):
        for mark in _MARKS:
            span.attrs.pop(mark, None)
    # Comments are for whoever edits the file.
    shown = [token for token in tokens if token.type != "html_block"]
    titles = _headings(shown, "h1")
    start = next((i for i, token in enumerate(shown) if token.tag == "h1"), None)
    below = shown if start is None else shown[:start] + shown[start + _HEADING :]
    html = parser.renderer.render(below, parser.options, {})
    return ArticlePage(titles[0].title if titles else "", html, _headings(shown, "h2"))


def _headings(tokens: list[Token], tag: str) -> list[Section]:
    return [
        Section(_plain(inline), str(opening.attrGet("id") or ""))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.tag == tag
    ]


def _plain(inline: Token) -> str:
    children = inline.children or []
    return "".join(" " if child.type == "softbreak" else child.content for child in children)
