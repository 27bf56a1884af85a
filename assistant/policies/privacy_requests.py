"""What we know about a visitor, and forgetting it: in every channel and inside the form."""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME

from assistant.policies.step import Step, leave_form
from assistant.policies.turn import Turn
from assistant.policies.wishes import wants_deletion

DELETE = "action_delete_my_data"
TELL = "action_what_we_know"


def privacy_requests(turn: Turn) -> Step | None:
    """Run the action that deletes, or the one that tells, and listen."""
    if turn.last_action in (DELETE, TELL) and turn.said:
        return Step(ACTION_LISTEN_NAME)
    if not turn.is_fresh or turn.intent != "privacy_request":
        return None
    if wants_deletion(turn.text):
        return Step(DELETE, leave_form())
    return Step(TELL)
