"""What is said without Rasa: when a turn has failed, or a message is not taken."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channels.inbound import Inbound
from assistant.nlu.reading.spanish import LANGUAGE, is_spanish, language_of
from assistant.nlu.safety import screen
from assistant.nlu.safety.replies import reply_to
from assistant.responses.generator import ResponseGenerator

_IN_DANGER = (
    "If you or someone close may be in danger, call or text 988 at any time, or call 911 in an "
    "emergency."
)
_IN_DANGER_ES = (
    "Si usted o alguien cercano puede estar en peligro, llame al 988 y oprima el 2 a cualquier "
    "hora, o llame al 911 en una emergencia."
)


async def answer_for(message: Inbound) -> dict[str, Any]:
    """Return the answer, `text` and `custom`, to a message that could not be processed.

    Whatever has failed, a person in danger gets the crisis reply; others get a plain sentence
    with the clinic's phone, and the crisis lines. Like the functions it rests on, this never
    raises.
    """
    answer = await unless_in_danger(message, "utter_unavailable")
    if not answer["custom"].get("urgent"):
        in_danger = _IN_DANGER_ES if is_spanish(message.text) else _IN_DANGER
        answer["text"] = f"{answer['text']}\n\n{in_danger}"
    return answer


async def unless_in_danger(message: Inbound, name: str) -> dict[str, Any]:
    """Return `text` and `custom` of response `name`, or of the crisis reply if there is danger."""
    found = screen(message.text)
    urgent = found.tier == "HARD"
    response = await _response(message, reply_to(found.as_dict()) if urgent else name)
    custom = {**response["custom"], **({"urgent": True} if urgent else {})}
    return {"text": str(response["text"]), "custom": custom}


async def _response(message: Inbound, name: str) -> dict[str, Any]:
    language = language_of(message.text)
    slots = [TextSlot(LANGUAGE, mappings=[], initial_value=language)]
    empty = DialogueStateTracker(message.tracker_id, slots=slots)
    return await _generator().generate(name, empty, message.channel)


@lru_cache(maxsize=1)
def _generator() -> ResponseGenerator:
    return ResponseGenerator()
