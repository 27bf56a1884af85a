"""A message that asked two things gets both answers, in order."""

from __future__ import annotations

from assistant.policies.step import Step
from assistant.policies.turn import Turn


def answer_the_rest(turn: Turn) -> Step | None:
    """After the first answer of several, give the next one."""
    given = len(turn.said)
    if turn.active_form or not 0 < given < len(turn.answers):
        return None
    return Step(f"utter_{turn.answers[given]}")
