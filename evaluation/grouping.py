"""Puts texts that say nearly the same together."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering

MAX_DISTANCE = 0.4  # mean cosine distance between two groups that become one


def key_of(text: str) -> str:
    """Return the words of a text: two texts with the same key differ in case and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def group(vectors: NDArray[np.float32]) -> list[int]:
    """Number the groups of texts by average linkage of their embeddings' cosines.

    Args:
        vectors: (texts, dimensions), rows of length one.

    Returns:
        The number of its group for each text. Memory grows with the square of the texts.
    """
    if len(vectors) < 2:
        return [0] * len(vectors)
    clustering = AgglomerativeClustering(
        n_clusters=None, distance_threshold=MAX_DISTANCE, affinity="cosine", linkage="average"
    )
    return [int(number) for number in clustering.fit_predict(vectors)]
