"""What a person said with an event."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from assistant.channels.messenger.events import Event, Message, MessageEdit, Postback, words_of
from assistant.nlu.safety import screen


@dataclass(frozen=True)
class Saying:
    """Words, or None for what has none, and the id under which they were said."""

    text: str | None
    message_id: str


def said_with(event: Event) -> Saying | None:
    """Return what was said; None for what needs no answer.

    That is what the page itself wrote (echoes), deliveries, reads, reactions, and edits, unless
    the new text speaks of danger.
    """
    if event.message:
        return _message(event.message)
    if event.postback:
        return _postback(event.postback, event.timestamp)
    if event.message_edit:
        return _edit(event.message_edit)
    return None


def _message(message: Message) -> Saying | None:
    if message.is_echo or message.is_deleted:
        return None
    text = message.text
    if message.quick_reply:
        text = words_of(message.quick_reply.payload, text or "")
    return Saying(text or None, message.mid)


def _postback(postback: Postback, timestamp: int) -> Saying | None:
    words = words_of(postback.payload, postback.title)
    if not words:
        return None
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Saying(words, postback.mid or f"postback {timestamp} {digest}")


def _edit(edit: MessageEdit) -> Saying | None:
    if screen(edit.text).tier != "HARD":
        return None
    return Saying(edit.text, f"{edit.mid} edit {edit.num_edit}")
