"""What is said when a turn has failed."""

from __future__ import annotations

from functools import lru_cache

from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channels.inbound import Inbound
from assistant.nlu.safety import screen
from assistant.nlu.safety.replies import reply_to
from assistant.responses.generator import ResponseGenerator

_IN_DANGER = (
    "If you or someone close may be in danger, call or text 988 at any time, or call 911 in an "
    "emergency."
)


async def words_for(message: Inbound) -> str:
    """Return the answer to a message that could not be processed.

    Whatever has failed, a person in danger gets the crisis reply; others get a plain sentence
    with the clinic's phone, and the crisis lines. Like the functions it rests on, this never
    raises.
    """
    found = screen(message.text)
    if found.tier == "HARD":
        return await _response(message, reply_to(found.as_dict()))
    return f"{await _response(message, 'utter_unavailable')}\n\n{_IN_DANGER}"


async def _response(message: Inbound, name: str) -> str:
    empty = DialogueStateTracker(message.tracker_id, slots=[])
    response = await _generator().generate(name, empty, message.channel)
    return str(response["text"])


@lru_cache(maxsize=1)
def _generator() -> ResponseGenerator:
    return ResponseGenerator()
