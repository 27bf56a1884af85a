"""Messages without words, and messages in a language that the assistant does not speak."""

from __future__ import annotations

from assistant.nlu.reading.other_languages import OTHER_LANGUAGE, OWN_REPLY, other_language
from assistant.nlu.reading.wordless import says_yes, wordless
from assistant.policies.offers import MISS_REPLIES, OFFER_PERSON, accepted
from assistant.policies.step import Step
from assistant.policies.turn import Turn
from assistant.slots import CRISIS_SEEN

AFTER_CRISIS = "utter_wordless_after_crisis"
SAD = "utter_wordless_sad_emoji"


def no_words(turn: Turn) -> Step | None:
    """Reply to what has no words; the form reads its answers itself."""
    if not turn.is_fresh or turn.active_form:
        return None
    kind = wordless(turn.text)
    if kind is None:
        return None
    if turn.slots.get(CRISIS_SEEN):
        return Step(AFTER_CRISIS)
    if says_yes(turn.text) and (action := accepted(turn)):
        return Step(action)
    reply = f"utter_wordless_{kind}"
    if reply != SAD and MISS_REPLIES & set(turn.uttered_before()):
        return Step(OFFER_PERSON)
    return Step(reply)


def other_languages(turn: Turn) -> Step | None:
    """Say, in the language itself where we are sure of the words, which ones are spoken here."""
    if not turn.is_fresh or turn.active_form:
        return None
    code = other_language(turn.text)
    if code is None:
        return None
    return Step(f"{OTHER_LANGUAGE}_{code}" if code in OWN_REPLY else OTHER_LANGUAGE)
