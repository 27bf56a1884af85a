"""Placeholders in texts: which wording can be used, and filling it in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.responses.catalog import PLACEHOLDER, Variation

Lookup = Callable[[str], str | None]
_SENTENCE_END = re.compile(r"(?<=[.!?])[ \t]+")


def is_usable(variation: Variation, lookup: Lookup) -> bool:
    """Whether all that a wording needs and names is known."""
    return all(lookup(name) is not None for name in variation.needs | variation.placeholders)


def fill(text: str, lookup: Lookup) -> str:
    """Put values in; a sentence whose placeholder has no value is left out."""
    lines = (_fill_line(line, lookup) for line in text.splitlines())
    filled = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def _fill_line(line: str, lookup: Lookup) -> str | None:
    if "{" not in line:
        return line
    kept = [s for s in _SENTENCE_END.split(line) if _is_known(PLACEHOLDER.findall(s), lookup)]
    if not kept:
        return None
    return PLACEHOLDER.sub(lambda match: lookup(match[1]) or "", " ".join(kept))


def _is_known(names: Iterable[str], lookup: Lookup) -> bool:
    return all(lookup(name) is not None for name in names)
