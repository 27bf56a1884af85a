"""What is said when nothing else can be."""

from __future__ import annotations

_WORDS = (
    "I'm sorry, something went wrong on my side and I can't answer right now. "
    "Please call the clinic or drop by, and a person will help you. "
    "If you or someone close may be in danger, call or text 988 at any time, "
    "or call 911 in an emergency."
)


def unavailable_text() -> str:
    """Return the plain sentence for a turn that failed."""
    return _WORDS
