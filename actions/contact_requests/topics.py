"""Human titles for the topic that led to a request."""

from __future__ import annotations

import re

_LABEL = re.compile(r"[a-z_]{1,40}(?:/[a-z_]{1,40})?")


def known_topic(label: object) -> str | None:
    """Return a topic label as it may be stored; None for anything that is not one."""
    return label if isinstance(label, str) and _LABEL.fullmatch(label) else None


def topic_title(label: str | None) -> str:
    """Return words for a label: `faq/side_effects` gives "Side effects"."""
    if not label:
        return "not known"
    return label.rpartition("/")[2].replace("_", " ").capitalize()
