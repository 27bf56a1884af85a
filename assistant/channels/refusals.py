"""The answer, in words, to a message that the gate does not take.

On the REST channel a program gets status 400; on the others a person gets a sentence.
"""

from __future__ import annotations

from typing import Any

from assistant.channels.inbound import Inbound
from assistant.channels.unavailable import unless_in_danger

TOO_LONG = "utter_too_long"
SLOW_DOWN = "utter_slow_down"
TEXT_ONLY = "utter_text_only"
TOO_MANY = 429

_READ = 20_000  # characters that are looked at for danger


async def answer_to_refused(
    channel: str, sender: str, text: object, status: int = 400
) -> dict[str, Any]:
    """Return what is said to a message that was not taken: `text` and `custom`.

    A person in danger gets the crisis reply instead, however long or often they write.

    Args:
        channel: name of the channel.
        sender: the sender as the channel knows it.
        text: the message as it came; anything but a string is no text.
        status: of the gate's refusal.
    """
    words = text[:_READ] if isinstance(text, str) else ""
    message = Inbound(channel, sender, words)
    if status == TOO_MANY:
        return await unless_in_danger(message, SLOW_DOWN)
    return await unless_in_danger(message, TOO_LONG if words.strip() else TEXT_ONLY)
