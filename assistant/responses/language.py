"""Which language a response is in."""

from __future__ import annotations

from rasa.shared.core.trackers import DialogueStateTracker

from assistant.nlu.reading.other_languages import OTHER_LANGUAGE
from assistant.nlu.reading.spanish import Language, conversation_language


def response_language(name: str, tracker: DialogueStateTracker) -> Language:
    """Return the language of the response `name`: mostly that of the conversation.

    Crisis replies in Spanish (`..._es`) answer a single message, in any conversation; who writes
    in a third language is answered in English.
    """
    if name.endswith("_es"):
        return "es"
    return "en" if name.startswith(OTHER_LANGUAGE) else conversation_language(tracker)
