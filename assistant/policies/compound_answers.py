"""A message that asked two things gets both answers, in order."""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME

from assistant.policies.step import Step
from assistant.policies.turn import Turn


def answer_the_rest(turn: Turn) -> Step | None:
    """After the first answer of several, give the next one; after the last, listen."""
    if turn.is_fresh or len(turn.answers) < 2 or turn.active_form:
        return None
    given = len(turn.said)
    if given < len(turn.answers):
        return Step(f"utter_{turn.answers[given]}")
    return Step(ACTION_LISTEN_NAME)
