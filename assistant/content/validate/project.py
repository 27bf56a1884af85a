"""Everything that is checked, read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from assistant.content.article import Article, load_article
from assistant.content.clinic import Clinic, load_clinic
from assistant.content.notes import Note, load_notes
from assistant.content.problems import ContentError, Problem
from assistant.content.yaml_files import line_of, read_yaml
from assistant.responses.book import Files
from assistant.responses.catalog import Catalog, catalog_of

T = TypeVar("T")


@dataclass
class Project:
    """The files of a project; what could not be read is empty and has a problem."""

    root: Path
    files: Files
    article: Article
    notes: Mapping[str, Note]
    clinic: Clinic | None
    domain: Mapping[str, Any]
    catalog: Catalog
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> Project:
        """Read the project under `root`, as far as it can be read."""
        files = Files.under(root)
        problems: list[Problem] = []

        def attempt(load: Callable[[Path], T], path: Path, otherwise: T) -> T:
            try:
                return load(path)
            except ContentError as error:
                problems.extend(error.problems)
                return otherwise

        domain: Any = attempt(read_yaml, files.domain, {})
        responses = domain.get("responses") if isinstance(domain, dict) else None
        if not isinstance(responses, dict):
            problems.append(Problem(files.domain, 1, "holds no responses"))
            domain, responses = {}, {}
        no_clinic: Clinic | None = None
        no_notes: Mapping[str, Note] = {}
        return cls(
            root=root,
            files=files,
            article=attempt(load_article, files.article, Article({}, "")),
            notes=attempt(load_notes, files.notes, no_notes),
            clinic=attempt(load_clinic, files.clinic, no_clinic),
            domain=domain,
            catalog=catalog_of(responses),
            problems=problems,
        )

    def response_line(self, name: str, *place: str | int) -> int:
        """Line of a response in the domain file, or of a place in it."""
        return line_of(self.domain, ("responses", name, *place))
