"""Texts one behind the other, as the encoder takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOKENS = 128
"""How many tokens of several texts go through the encoder at a time."""
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
    """Return the inputs of the graph for texts that go through it together."""
    lengths = [len(pieces) for pieces in texts]
    numbers = np.arange(len(texts))
    text_of = np.repeat(numbers, lengths)
    return {
        "input_ids": np.concatenate([np.asarray(pieces, dtype=np.int64) for pieces in texts]),
        "positions": np.concatenate([np.arange(length) for length in lengths]),
        "apart": np.where(text_of[:, None] == text_of, 0, _FAR).astype(np.float32),
        "texts": (numbers[:, None] == text_of).astype(np.float32),
    }
