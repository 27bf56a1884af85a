"""Remembers what was computed for texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from assistant.digests import text_digest

Row = NDArray[Any]


class Memory:
    """Rows of numbers for the texts that were asked for last.

    By digests, so that no message stays in memory for being remembered. A pickled memory is empty.
    """

    def __init__(self, size: int) -> None:
        """Create an empty memory of at most `size` rows."""
        self._size = size
        self._rows: LRUCache[bytes, Row] = LRUCache(size)

    def __reduce__(self) -> tuple[type[Memory], tuple[int]]:
        """Leave the rows behind."""
        return Memory, (self._size,)

    def rows(
        self, texts: Sequence[str], compute: Callable[[list[str]], NDArray[Any]]
    ) -> NDArray[Any]:
        """Return a row for each of at least one text, and compute those that are missing."""
        keys = [text_digest(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        computed = dict(zip(new, compute([*new.values()]), strict=True)) if new else {}
        rows: NDArray[Any] = np.stack(
            [computed[key] if key in computed else self._rows[key] for key in keys]
        )
        self._rows.update(computed)
        return rows

    def hand_over(self) -> dict[bytes, Row]:
        """Return all rows by digest, and forget them."""
        rows = dict(self._rows)
        self._rows.clear()
        return rows

    def take_over(self, rows: Mapping[bytes, Row]) -> None:
        """Remember rows that another process, with the same key of digests, has computed."""
        self._rows.update(rows)
