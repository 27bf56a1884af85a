"""All that texts are made of, read from disk and read again when a file changes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from assistant.content.article import Article, load_article
from assistant.content.clinic import Clinic, load_clinic
from assistant.content.notes import Note, load_notes
from assistant.content.problems import ContentError
from assistant.responses.buttons import topic_groups
from assistant.responses.catalog import Catalog, load_catalog
from assistant.responses.facts import Facts

log = structlog.get_logger(__name__)
T = TypeVar("T")
Stamp = tuple[int, int, int] | None


@dataclass(frozen=True)
class Files:
    """Where the content is."""

    domain: Path
    article: Path
    clinic: Path
    notes: Path

    @classmethod
    def under(cls, root: Path) -> Files:
        """The files of a project folder."""
        content = root / "content"
        return cls(
            domain=root / "domain.yml",
            article=content / "article.md",
            clinic=content / "clinic.yml",
            notes=content / "safety_notes.yml",
        )


class Watched(Generic[T]):
    """A file's content; the last good one while the file on disk is broken."""

    def __init__(self, path: Path, load: Callable[[Path], T], value: T) -> None:
        """Start with `value`, used until the first successful `refresh`."""
        self.value = value
        self._path = path
        self._load = load
        self._seen: Stamp | int = 0

    def has_changed(self) -> bool:
        """Whether the file on disk is another than the one last looked at."""
        return self._stamp() != self._seen

    def refresh(self) -> None:
        """Read the file again; keep the last good value if that fails."""
        stamp = self._stamp()
        try:
            self.value = self._load(self._path)
        except ContentError as error:
            log.error("content.unusable", path=str(self._path), problems=str(error))
        # Only now: until the new value is there, others must see that the file has changed.
        self._seen = stamp

    def _stamp(self) -> Stamp:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino


@dataclass(frozen=True)
class Book:
    """One consistent state of the content."""

    catalog: Catalog
    article: Article
    facts: Facts
    notes: Mapping[str, Note]
    clinic: Clinic
    topics: str
    """The topics by group, as the help shows them."""


class Library:
    """Hands out the current book."""

    def __init__(self, files: Files, catalog: Catalog) -> None:
        """Read everything once; `catalog` serves until the domain file can be read."""
        self._catalog = Watched(files.domain, load_catalog, catalog)
        self._article = Watched(files.article, load_article, Article({}, ""))
        self._clinic = Watched(files.clinic, load_clinic, Clinic(name="our clinic"))
        no_notes: Mapping[str, Note] = {}
        self._notes = Watched(files.notes, load_notes, no_notes)
        self._files = (self._catalog, self._article, self._clinic, self._notes)
        self._reading = threading.Lock()
        self._book = self._read()

    async def book(self) -> Book:
        """The book, read again in a thread when a file has changed."""
        if any(file.has_changed() for file in self._files):
            await asyncio.to_thread(self._read_again)
        return self._book

    def _read_again(self) -> None:
        # One at a time, or a thread that began earlier could put an older book back.
        with self._reading:
            self._book = self._read()

    def _read(self) -> Book:
        for file in self._files:
            if file.has_changed():
                file.refresh()
        return Book(
            catalog=self._catalog.value,
            article=self._article.value,
            facts=Facts(self._clinic.value),
            notes=self._notes.value,
            clinic=self._clinic.value,
            topics=topic_groups(self._catalog.value),
        )
