"""Texts one behind the other, as the encoder takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOKENS = 128
"""How many tokens of several texts go through the encoder at a time."""
_STEP = 4
_FAR = -1e4  # added to what a token of one text is to a token of another

Pieces = Sequence[int]
"""Numbers of a text's word pieces."""


def packs(texts: Sequence[Pieces]) -> Iterator[list[Pieces]]:
    """Yield texts that go through the encoder together, in order; one that is long goes alone."""
    pack: list[Pieces] = []
    for pieces in texts:
        if pack and sum(map(len, pack)) + len(pieces) > TOKENS:
            yield pack
            pack = []
        pack.append(pieces)
    if pack:
        yield pack


def packed(texts: Sequence[Pieces]) -> dict[str, NDArray[Any]]:
    """Return the inputs of the graph for texts that go through it together.

    Each begins at a multiple of four tokens, as it does alone. Sums over tokens are taken by
    fours; in another order they would now and then be rounded the other way.
    """
    starts = [0, *np.cumsum([-(-len(pieces) // _STEP) * _STEP for pieces in texts])]
    size = starts[len(texts) - 1] + len(texts[-1])
    ids, positions = np.zeros((2, size), dtype=np.int64)
    text_of = np.full(size, -1)
    for number, (start, pieces) in enumerate(zip(starts, texts, strict=False)):
        own = slice(start, start + len(pieces))
        ids[own], positions[own], text_of[own] = pieces, np.arange(len(pieces)), number
    return {
        "input_ids": ids,
        "positions": positions,
        "apart": np.where(text_of[:, None] == text_of, 0, _FAR).astype(np.float32),
        "texts": (np.arange(len(texts))[:, None] == text_of).astype(np.float32),
    }
