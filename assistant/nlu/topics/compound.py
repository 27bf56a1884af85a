"""Splits a message into the questions it may hold."""

from __future__ import annotations

import re

_JOINTS = re.compile(
    r"\s*(?:[?!.;\n]+|,?\s+(?:and also|and|also|plus|n|&|\+)\s+|,\s+)\s*", re.IGNORECASE
)
_MIN_WORDS = 2


def split_questions(text: str) -> list[str]:
    """Return the two or three parts of `text` that could be questions of their own.

    A single question gives one part: itself. Whether the parts are asked
    separately is for the classifier to say; this only proposes.
    """
    parts = [part for part in _JOINTS.split(text) if len(part.split()) >= _MIN_WORDS]
    return parts if 2 <= len(parts) <= 3 else [text]
