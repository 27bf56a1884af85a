"""A Spanish message is answered in Spanish."""

from __future__ import annotations

from assistant.nlu.reading.spanish import is_spanish
from assistant.policies.step import Step
from assistant.policies.turn import Turn


def spanish(turn: Turn) -> Step | None:
    """Say in Spanish what the assistant can do, and where a person can be asked."""
    if turn.is_fresh and not turn.active_form and is_spanish(turn.text):
        return Step("utter_spanish")
    return None
