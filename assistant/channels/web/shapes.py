"""The shape of what comes in over Socket.IO, where anything may come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_LONGEST_ID = 100  # characters


class MalformedEvent(Exception):
    """An event that cannot be read, with the status and the reason in plain English."""

    status = 400

    def __init__(self, reason: str) -> None:
        """Create the error; `reason` goes into the acknowledgement."""
        super().__init__(reason)
        self.reason = reason


def fields_of(arguments: Sequence[object], *, optional: bool = False) -> dict[str, Any]:
    """Return the object that an event came with; with `optional`, none is an empty one.

    Raises:
        MalformedEvent: if it came with anything else.
    """
    first = arguments[0] if arguments else None
    if isinstance(first, dict):
        return first
    if first is None and optional:
        return {}
    raise MalformedEvent("The event needs one object.")


def identifier(value: object) -> str | None:
    """Return an id; None if there is none.

    Raises:
        MalformedEvent: unless it is a string of 1 to 100 printable characters.
    """
    if value is None:
        return None
    if isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and value.isprintable():
        return value
    raise MalformedEvent(f"An id is text of 1 to {_LONGEST_ID} printable characters.")
