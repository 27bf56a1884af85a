"""Texts as the messaging platforms count them: in UTF-16 code units."""

from __future__ import annotations

from collections.abc import Iterator

_MORE = "…"


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` units: between paragraphs where possible.

    A paragraph that is too long by itself is cut between lines, then words, then anywhere.
    """
    return [part for part in _split(text.strip(), limit, ("\n\n", "\n", " ")) if part.strip()]


def shorten(text: str, limit: int) -> str:
    """Cut `text` to at most `limit` units, at a word where possible, and mark the cut."""
    if units(text) <= limit:
        return text
    start = next(_cut(text, limit - units(_MORE)))
    if not text[len(start)].isspace() and " " in start.strip():
        start = start.rpartition(" ")[0]
    return start.rstrip(" ,;:-") + _MORE


def _split(text: str, limit: int, separators: tuple[str, ...]) -> Iterator[str]:
    if units(text) <= limit:
        yield text
    elif not separators:
        yield from _cut(text, limit)
    else:
        yield from _joined(text, limit, separators[0], separators[1:])


def _joined(text: str, limit: int, separator: str, finer: tuple[str, ...]) -> Iterator[str]:
    """Fill each part with as many pieces as fit."""
    filled = ""
    for piece in text.split(separator):
        longer = f"{filled}{separator}{piece}" if filled else piece
        if units(longer) <= limit:
            filled = longer
            continue
        if filled:
            yield filled
        *full, filled = _split(piece, limit, finer)
        yield from full
    yield filled


def _cut(text: str, limit: int) -> Iterator[str]:
    start = size = 0
    for index, character in enumerate(text):
        size += units(character)
        if size > limit:
            yield text[start:index]
            start, size = index, units(character)
    yield text[start:]
