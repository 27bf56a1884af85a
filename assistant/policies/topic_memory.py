"""Which topic a contact request is about: the last one that the visitor asked for."""

from __future__ import annotations

from rasa.shared.core.events import Event, SlotSet

from assistant.policies.turn import Turn
from assistant.slots import HANDOFF_TOPIC


def remember_topic(turn: Turn) -> list[Event]:
    """Note the topic of a question, so that it travels with a request; never its text."""
    topics = [label for label in turn.answers if "/" in label]
    if not turn.is_fresh or turn.active_form or not topics:
        return []
    return [SlotSet(HANDOFF_TOPIC, topics[-1])]
