"""Which fixed reply a finding of danger gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def reply_to(finding: Mapping[str, Any], *, seen_before: bool = False) -> str:
    """Return the name of the response.

    Args:
        finding: a HARD `Screening` as a dict.
        seen_before: whether this conversation has had a crisis reply already.
    """
    spanish = "_es" if finding.get("language") == "es" else ""
    if finding.get("kind") == "emergency":
        return f"utter_emergency{'_on_purpose' if finding.get('on_purpose') else ''}{spanish}"
    if finding.get("subject") == "other":
        return f"utter_crisis_other{spanish}"
    return f"utter_crisis{'_again' if seen_before else ''}{spanish}"
