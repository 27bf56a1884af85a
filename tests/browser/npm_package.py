"""Files of published npm packages."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest


def npm_package(name: str, integrity: str, folder: Path) -> Path:
    """Download a package, without what it depends on, and unpack it.

    Args:
        name: with its version, such as "socket.io-client@4.8.4".
        integrity: what npm publishes about the archive, "sha512-...".
        folder: where to; must be empty.

    Returns:
        The package's folder. The test is skipped where npm or its registry cannot be had.
    """
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine")
    packed = subprocess.run([npm, "pack", name], cwd=folder, capture_output=True, text=True)
    if packed.returncode:
        pytest.skip(f"{name} cannot be downloaded: {packed.stderr.strip()[-200:]}")
    archive = next(folder.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert f"sha512-{digest}" == integrity, f"{name} is not what was published"
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    return folder / "package"
