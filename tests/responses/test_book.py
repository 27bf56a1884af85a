"""The content as it is on disk, whoever reads it at the same time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.responses import book, library
from assistant.responses.catalog import Catalog, catalog_of, load_catalog


async def test_two_messages_that_find_a_file_changed_both_get_the_new_words(
    project: Path, touch: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_slowly(path: Path) -> Catalog:
        time.sleep(0.1)
        return load_catalog(path)

    monkeypatch.setattr(library, "load_catalog", load_slowly)
    shelf = library.Library(book.Files.under(project), catalog_of({}))
    domain = project / "domain.yml"
    touch(domain, domain.read_text().replace("You're welcome. If another", "Any time. If another"))
    for read in await asyncio.gather(shelf.book(), shelf.book()):
        assert read.catalog.variations["utter_thank"][0].text.startswith("Any time.")
