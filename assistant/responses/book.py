"""All that texts are made of, in one language, and the files it is read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.content.article import Article
from assistant.content.clinic import Clinic
from assistant.content.notes import Note
from assistant.content.spanish import Lines
from assistant.responses.catalog import Catalog
from assistant.responses.facts import Facts


@dataclass(frozen=True)
class Files:
    """Where the content is."""

    domain: Path
    article: Path
    clinic: Path
    notes: Path
    spanish: Path

    @classmethod
    def under(cls, root: Path) -> Files:
        """The files of a project folder."""
        content = root / "content"
        return cls(
            domain=root / "domain.yml",
            article=content / "article.md",
            clinic=content / "clinic.yml",
            notes=content / "safety_notes.yml",
            spanish=content / "spanish.yml",
        )


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
    lines: Lines
    """What stands around an answer."""
