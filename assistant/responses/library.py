"""Reads all that texts are made of from disk, and again when a file changes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from assistant.content.article import Article, load_article
from assistant.content.clinic import Clinic, load_clinic
from assistant.content.notes import Note, load_notes
from assistant.content.problems import ContentError
from assistant.content.spanish import Lines, Spanish, load_spanish
from assistant.responses.book import Book, Files
from assistant.responses.buttons import topic_groups
from assistant.responses.catalog import Catalog, load_catalog
from assistant.responses.facts import Facts
from assistant.responses.spanish import in_spanish

log = structlog.get_logger(__name__)
T = TypeVar("T")
Stamp = tuple[int, int, int] | None


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


class Library:
    """Hands out the current book."""

    def __init__(self, files: Files, catalog: Catalog) -> None:
        """Read everything once; `catalog` serves until the domain file can be read."""
        self._catalog = Watched(files.domain, load_catalog, catalog)
        self._article = Watched(files.article, load_article, Article({}, ""))
        self._clinic = Watched(files.clinic, load_clinic, Clinic(name="our clinic"))
        no_notes: Mapping[str, Note] = {}
        self._notes = Watched(files.notes, load_notes, no_notes)
        self._spanish = Watched(files.spanish, load_spanish, Spanish())
        self._files = (self._catalog, self._article, self._clinic, self._notes, self._spanish)
        self._reading = threading.Lock()
        self._books = self._read()

    async def book(self, language: str = "en") -> Book:
        """The book in a language, read again in a thread when a file has changed."""
        if any(file.has_changed() for file in self._files):
            await asyncio.to_thread(self._read_again)
        return self._books[language]

    def _read_again(self) -> None:
        # One at a time, or a thread that began earlier could put an older book back.
        with self._reading:
            self._books = self._read()

    def _read(self) -> dict[str, Book]:
        for file in self._files:
            if file.has_changed():
                file.refresh()
        book = Book(
            catalog=self._catalog.value,
            article=self._article.value,
            facts=Facts(self._clinic.value),
            notes=self._notes.value,
            clinic=self._clinic.value,
            topics=topic_groups(self._catalog.value),
            lines=Lines(),
        )
        return {"en": book, "es": in_spanish(book, self._spanish.value)}
