"""What a stored message looks like to who has no key: bytes, and digests of sender and id."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assistant.channels.inbound import Inbound
from assistant.keys import SenderHasher

Answers = list[dict[str, Any]]


@dataclass(frozen=True)
class Content:
    """What is sealed: a message, and its answers once there are any."""

    message: Inbound
    answers: Answers | None
    begun: int = 0
    """How many processes that took it over have begun to answer it."""


class Seal:
    """Seals with the newest key and opens with any."""

    def __init__(self, keys: list[str]) -> None:
        """Create it from Fernet keys, newest first."""
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._hasher = SenderHasher(keys)

    def close(self, content: Content) -> bytes:
        """Return the content encrypted."""
        return self._fernet.encrypt(json.dumps(asdict(content)).encode())

    def open(self, sealed: bytes) -> Content | None:
        """Return the content; None if no key fits."""
        try:
            opened = json.loads(self._fernet.decrypt(bytes(sealed)))
        except InvalidToken:
            return None
        # Rows of an earlier version have fewer fields.
        return Content(Inbound(**opened["message"]), opened["answers"], opened.get("begun", 0))

    def sender(self, message: Inbound) -> str:
        """Return the sender's digest with the newest key."""
        return self._hasher.newest(message.tracker_id)

    def senders(self, tracker_id: str) -> list[str]:
        """Return the digests of a conversation with every key."""
        return self._hasher.all(tracker_id)

    def message_ids(self, message: Inbound) -> list[str]:
        """Return the digests of the id that a platform gave it, newest key first; may be none."""
        if message.message_id is None:
            return []
        return self._hasher.all(f"{message.tracker_id} {message.message_id}")
