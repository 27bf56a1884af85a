"""Whether an answer tells a visitor that they were forgotten."""

from __future__ import annotations

from typing import Any

_DONE = "utter_deleted"


def says_forgotten(answer: dict[str, Any]) -> bool:
    """Tell whether an answer confirms that a visitor's data is deleted."""
    return str((answer.get("custom") or {}).get("utter_action")).startswith(_DONE)
