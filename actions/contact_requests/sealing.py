"""Encryption of what is personal, and the keyed hash that stands for a sender.

The key never enters the database. Losing it makes the requests unreadable.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from actions.contact_requests.draft import Draft
from assistant.keys import KeyProblem, SenderHasher, keys_from
from assistant.settings import Settings


class Sealer:
    """Seals drafts with the first key and opens them with any: keys can rotate.

    Args:
        keys: Fernet keys, newest first.
    """

    def __init__(self, keys: list[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise KeyProblem(
                "CONTACT_KEY is not a Fernet key (32 bytes, url-safe base64)"
            ) from error
        self._hasher = SenderHasher(keys)

    def seal(self, draft: Draft, sender: str) -> bytes:
        """Encrypt a draft, and the sender with it so that its hash can follow a new key."""
        return self._fernet.encrypt(json.dumps({"sender": sender, **asdict(draft)}).encode())

    def open(self, sealed: bytes) -> tuple[Draft, str]:
        """Decrypt a draft and its sender.

        Raises:
            KeyProblem: if none of the keys fits.
        """
        try:
            values = json.loads(self._fernet.decrypt(bytes(sealed)))
        except InvalidToken as error:
            raise KeyProblem("no key fits: was CONTACT_KEY or var/contact.key replaced?") from error
        sender = values.pop("sender")
        return Draft(**values), sender

    def sender_hash(self, sender: str) -> str:
        """Return the hash a sender is stored under."""
        return self._hasher.newest(sender)

    def sender_hashes(self, sender: str) -> list[str]:
        """Return the hashes a sender may be stored under, one for each key."""
        return self._hasher.all(sender)


def sealer_from(settings: Settings) -> Sealer:
    """Build the sealer from CONTACT_KEY (several keys: commas, newest first) or the key file.

    Raises:
        KeyProblem: if the key is malformed or its file cannot be read or made.
    """
    return Sealer(keys_from(settings))
