"""Nothing in git looks like a secret, and no database, key or model is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import PurePath

import pytest

from assistant.settings import ROOT

_SHAPES = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub token": r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    "Slack token": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "Google key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "Facebook page token": r"\bEAA[A-Za-z0-9]{60,}",
    "Telegram token": r"\b\d{8,10}:[A-Za-z0-9_-]{33,36}\b",
    "Fernet key": r"(?<![\w/+-])[A-Za-z0-9_-]{43}=(?![\w=])",
    "password in a URL": r"\b(?:smtps?|postgres(?:ql)?|amqps?|rediss?)://[^\s:/@'\"{]+:[^\s@/?'\"{]+@",
}
# Made up, for tests and documentation; the tests' Telegram token is the one in Telegram's manual.
_HARMLESS = re.compile(
    r"110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw|://(?:user|guest|postgres):|@[\w.]*(?:example\b|\bc\.org)"
)
_FOREIGN_FILES = {".db", ".sqlite", ".key", ".pem", ".gz", ".onnx", ".env", ".joblib", ".p12"}


def tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is no git working copy")
    return [name for name in done.stdout.split("\0") if name]


def lookalikes(text: str) -> list[str]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        kinds = [kind for kind, shape in _SHAPES.items() if re.search(shape, line)]
        if kinds and not _HARMLESS.search(line):
            found.append(f"{number}: {', '.join(kinds)}")
    return found


def test_no_file_has_a_secret() -> None:
    found = []
    for name in tracked():
        # Their hashes are long random words by nature.
        if PurePath(name).name in ("uv.lock", "package-lock.json"):
            continue
        text = (ROOT / name).read_bytes().decode(errors="replace")
        found += [f"{name}:{where}" for where in lookalikes(text)]
    assert not found


def test_no_database_key_or_model_is_tracked() -> None:
    assert not [name for name in tracked() if PurePath(name).suffix in _FOREIGN_FILES]


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "key = 'AKIA" + "ABCDEFGHIJKLMNOP'",
        "TELEGRAM_TOKEN=210201543" + ":AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        "CONTACT_KEY=" + "A" * 43 + "=",
        "smtp://desk:" + "pa55word@mail.clinic.net",
    ],
)
def test_a_secret_would_be_found(secret: str) -> None:
    assert lookalikes(secret)
