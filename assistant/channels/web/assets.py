"""Static files as they are, compressed, and with an address that changes when they do."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}


@dataclass(frozen=True)
class Asset:
    """A file's content.

    Attributes:
        body: the content.
        content_type: its media type.
    """

    body: bytes
    content_type: str

    @cached_property
    def zipped(self) -> bytes:
        """The content, compressed with gzip."""
        return gzip.compress(self.body, mtime=0)

    @cached_property
    def etag(self) -> str:
        """Names this content, in the form of the header."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


class Assets:
    """The files of a folder that a browser may have, read again when one has changed."""

    def __init__(self, folder: Path) -> None:
        """Serve `folder`; it need not exist yet."""
        self._folder = folder
        self._stamps: Mapping[str, tuple[int, int]] = {}
        self._assets: Mapping[str, Asset] = {}
        self._version = ""

    def get(self, name: str) -> Asset | None:
        """Return the file with this path in the folder."""
        self._refresh()
        return self._assets.get(name)

    @property
    def version(self) -> str:
        """A word that is another one as soon as any file has changed."""
        self._refresh()
        return self._version

    def _refresh(self) -> None:
        files = {
            path.relative_to(self._folder).as_posix(): path
            for path in sorted(self._folder.rglob("*"))
            if path.suffix in TYPES and path.is_file()
        }
        stats = {name: path.stat() for name, path in files.items()}
        stamps = {name: (stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()}
        if stamps == self._stamps:
            return
        assets = {
            name: Asset(path.read_bytes(), TYPES[path.suffix]) for name, path in files.items()
        }
        all_of_it = "\n".join(f"{name} {asset.etag}" for name, asset in assets.items())
        self._version = hashlib.sha256(all_of_it.encode()).hexdigest()[:12]
        self._stamps, self._assets = stamps, assets


def _read(path: Path) -> Asset:
    return Asset(path.read_bytes(), TYPES[path.suffix])
