"""Fixtures for the content's tests."""

from __future__ import annotations

import pytest

from assistant.content.article import Article, load_article
from assistant.responses.catalog import Catalog, load_catalog
from tests.content.project import PROJECT


@pytest.fixture(scope="session")
def article() -> Article:
    return load_article(PROJECT / "content" / "article.md")


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(PROJECT / "domain.yml")
