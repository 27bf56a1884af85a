"""The one gate that every message of every channel passes before Rasa sees it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from assistant.channels.limits import SeenIds, TokenBuckets
from assistant.nlu.reading.wordless import BLANK

MAX_TEXT = 1_000  # characters
MAX_SENDER = 255  # characters, which is also the width of Rasa's column

# Letters and marks that show nothing though Unicode does not call them control characters.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_LINE_BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_LEADING_SLASHES = re.compile(r"^[\s/]+")


class RejectedMessage(Exception):
    """A message that cannot be taken, with the HTTP status and the reason in plain English."""

    def __init__(self, status: int, reason: str) -> None:
        """Create the error; `reason` is shown to whoever sent the message."""
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Inbound:
    """A message that has passed the gate, or that is to be answered although it has not.

    Attributes:
        channel: name of the channel, such as "rest".
        sender: the sender as the channel knows it.
        text: 1 to 1,000 visible characters, never starting with a slash.
        message_id: the channel's own id of the message, if it has one.
        refused: status of the gate's refusal; the answer is then words about it, and `text` is
            whatever came.
    """

    channel: str
    sender: str
    text: str
    message_id: str | None = None
    refused: int | None = None

    @property
    def tracker_id(self) -> str:
        """The conversation's id, which two channels can never share; at most 255 characters."""
        tracker_id = f"{self.channel}:{self.sender}"
        if len(tracker_id) <= MAX_SENDER:
            return tracker_id
        return f"{self.channel}:{hashlib.sha256(self.sender.encode()).hexdigest()}"


def clean_text(text: object) -> str:
    """Return `text` as the assistant reads it: NFC, without invisible characters.

    Leading slashes go too: Rasa takes "/restart" or "/faq{...}" for an intent and skips
    understanding, the safety gate included. Without the slash they are ordinary words.
    A person may send blanks; they become `BLANK`, since Rasa wants a text to reply to.

    Raises:
        RejectedMessage: if `text` is no string, is empty or too long.
    """
    if not isinstance(text, str):
        raise RejectedMessage(400, "The message must be a text string.")
    if not text:
        raise RejectedMessage(400, "The message is empty.")
    lines = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    visible = "".join(filter(_is_visible, lines))
    cleaned = unicodedata.normalize("NFC", visible).strip()
    if len(cleaned) > MAX_TEXT:
        raise RejectedMessage(400, f"The message is longer than {MAX_TEXT:,} characters.")
    return _LEADING_SLASHES.sub("", cleaned) or BLANK


def _is_visible(character: str) -> bool:
    if character.isascii():
        return character == "\n" or character.isprintable()
    return not (unicodedata.category(character) in _INVISIBLE or character in _BLANK_LETTERS)


def check_sender(sender: object) -> str:
    """Return `sender` as it is.

    Raises:
        RejectedMessage: unless it is a string of 1 to 255 printable characters.
    """
    if sender is None:
        raise RejectedMessage(400, "The sender is missing.")
    if not isinstance(sender, str):
        raise RejectedMessage(400, "The sender must be a text string.")
    if not sender.strip():
        raise RejectedMessage(400, "The sender is empty.")
    if len(sender) > MAX_SENDER:
        raise RejectedMessage(400, f"The sender is longer than {MAX_SENDER} characters.")
    if not sender.isprintable():
        raise RejectedMessage(400, "The sender has characters that cannot be printed.")
    return sender


class Gate:
    """Checks, cleans and counts the messages of one channel."""

    def __init__(
        self, channel: str, *, limits: TokenBuckets | None = None, seen: SeenIds | None = None
    ) -> None:
        """Create the gate of `channel`; without `limits` nobody is slowed down."""
        self._channel = channel
        self._limits = limits
        self._seen = seen or SeenIds()

    def accept(self, sender: object, text: object, message_id: str | None = None) -> Inbound:
        """Return the message as the assistant takes it.

        Raises:
            RejectedMessage: 400 if malformed, 409 if `message_id` was seen, 429 if too many.
        """
        message = Inbound(self._channel, check_sender(sender), clean_text(text), message_id)
        if message_id is not None and not self._seen.add(f"{message.tracker_id} {message_id}"):
            raise RejectedMessage(409, "This message was already received.")
        if self._limits is not None and not self._limits.take(message.tracker_id):
            raise RejectedMessage(429, "Too many messages at once. Please wait a moment.")
        return message
