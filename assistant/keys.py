"""The secret key of this installation, and the keyed hash that stands for a sender."""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

from assistant.settings import Settings

_HASH_PURPOSE = b"clinic-assistant sender id"


class KeyProblem(Exception):
    """The key is missing, malformed, or not the one the data was sealed with."""


def keys_from(settings: Settings) -> list[str]:
    """Return the keys of CONTACT_KEY (several: commas), or of the key file, newest first.

    Raises:
        KeyProblem: if there is no key, or its file cannot be read or made.
    """
    if settings.contact_key:
        keys = settings.contact_key.get_secret_value()
    else:
        keys = _key_file(settings.contact_key_file)
    found = [key.strip() for key in keys.replace("\n", ",").split(",") if key.strip()]
    if not found:
        raise KeyProblem("CONTACT_KEY, or the key file, is empty")
    return found


class SenderHasher:
    """Hashes sender ids, so that a visitor's rows can be found without saying whose they are.

    Args:
        keys: newest first.
    """

    def __init__(self, keys: list[str]) -> None:
        self._keys = [_digest(key.encode(), _HASH_PURPOSE).digest() for key in keys]

    def newest(self, sender: str) -> str:
        """Return the hash a sender is stored under."""
        return self.all(sender)[0]

    def all(self, sender: str) -> list[str]:
        """Return the hashes a sender may be stored under, one for each key."""
        return [_digest(key, sender.encode()).hexdigest() for key in self._keys]


def _digest(key: bytes, message: bytes) -> hmac.HMAC:
    return hmac.new(key, message, hashlib.sha256)


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
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # Another process was first; its key counts.
    finally:
        Path(draft).unlink()
