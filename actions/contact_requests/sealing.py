"""Encryption of what is personal, and the keyed hash that stands for a sender.

The key never enters the database. Losing it makes the requests unreadable.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import asdict
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from actions.handoff.understood import Draft
from assistant.settings import Settings

_HASH_PURPOSE = b"clinic-assistant sender id"


class KeyProblem(Exception):
    """The key is missing, malformed, or not the one the data was sealed with."""


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
        self._hash_keys = [_hash_key(key) for key in keys]

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
        return self.sender_hashes(sender)[0]

    def sender_hashes(self, sender: str) -> list[str]:
        """Return the hashes a sender may be stored under, one for each key."""
        return [
            hmac.new(key, sender.encode(), hashlib.sha256).hexdigest() for key in self._hash_keys
        ]


def _hash_key(key: str) -> bytes:
    return hmac.new(key.encode(), _HASH_PURPOSE, hashlib.sha256).digest()


def sealer_from(settings: Settings) -> Sealer:
    """Build the sealer from CONTACT_KEY (several keys: commas, newest first) or the key file.

    Raises:
        KeyProblem: if the key is malformed or its file cannot be read or made.
    """
    if settings.contact_key:
        keys = settings.contact_key.get_secret_value()
    else:
        keys = _key_file(settings.contact_key_file)
    return Sealer([key.strip() for key in keys.replace("\n", ",").split(",") if key.strip()])


def _key_file(path: Path) -> str:
    """Read the key file; make it, readable by its owner alone, if there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, Fernet.generate_key())
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise KeyProblem(f"cannot use the key file {path}: {error.strerror}") from error


def _write_once(path: Path, key: bytes) -> None:
    """Write the key under its final name in one step, so no one reads half of it."""
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # Another process was first; its key counts.
    finally:
        draft.unlink()
