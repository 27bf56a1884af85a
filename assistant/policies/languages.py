"""Which language a conversation is in: that of the last message that tells."""

from __future__ import annotations

from rasa.shared.core.events import Event, SlotSet

from assistant.nlu.reading.other_languages import other_language
from assistant.nlu.reading.spanish import LANGUAGE, language_of
from assistant.policies.turn import Turn


def remember_language(turn: Turn) -> list[Event]:
    """Note the language when it changes; a name or a number given to the form tells nothing."""
    if not turn.is_fresh or turn.active_form or other_language(turn.text):
        return []
    language = language_of(turn.text)
    if language is None or language == (turn.slots.get(LANGUAGE) or "en"):
        return []
    return [SlotSet(LANGUAGE, language)]
