"""What the widget costs a visitor, and where its one dependency comes from."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

from assistant.settings import ROOT
from tests.browser.npm_package import npm_package

WIDGET = ROOT / "web" / "widget"
CLIENT = WIDGET / "vendor" / "socket.io" / "socket.io.esm.min.js"
INTEGRITY = (
    "sha512-7wjKAvVXYOJsbmUgkWbnhPD4bFpkqrUR0++XOjpGFmqD"
    "qsqV1CI93VTraeExLxpjxEqrWgFoSRZu1ihjLWfkAA=="
)
_MOST_BYTES = 30_000


def test_all_of_it_takes_at_most_30_kb() -> None:
    files = [path for path in WIDGET.rglob("*") if path.suffix in (".js", ".css")]
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in files}
    assert sum(sizes.values()) <= _MOST_BYTES, sizes


def test_no_module_makes_markup_of_text() -> None:
    for path in WIDGET.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write", path.read_text()
        )


def test_the_client_is_the_published_file(tmp_path: Path) -> None:
    package = npm_package("socket.io-client@4.8.4", INTEGRITY, tmp_path)
    for ours, published in (
        (CLIENT, f"dist/{CLIENT.name}"),
        (CLIENT.parent / "LICENSE", "LICENSE"),
    ):
        assert _digest(ours) == _digest(package / published)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
