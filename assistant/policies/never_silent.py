"""No turn ends without a word, whatever failed."""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted

from assistant.policies.step import Step
from assistant.policies.turn import Turn

UNAVAILABLE = "utter_unavailable"


def never_silent(turn: Turn) -> Step | None:
    """Say that something failed when an action left no trace.

    Rasa logs a failed action (its server down, slow or raising) as executed,
    without events, and goes on: the action is then the newest event. A response
    always leaves what it said, and our actions always leave events.
    """
    if turn.last_action == UNAVAILABLE:
        # A form left open would be tried again at once, and fail again.
        return Step(ACTION_LISTEN_NAME)
    failed = isinstance(turn.last_event, ActionExecuted)
    return Step(UNAVAILABLE) if failed else None
