"""The clinic's page: web/page/page.html.j2 with the article and the clinic's facts."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

from assistant.channels.web.article import ArticlePage, load_article_page
from assistant.content.clinic import Clinic, load_clinic
from assistant.content.hours_text import week_text
from assistant.responses.library import Watched

TEMPLATE = "page.html.j2"


class ClinicPage:
    """Renders the page from files as they are now; a broken one leaves the last good content."""

    def __init__(self, templates: Path, content: Path) -> None:
        """Read the content; `templates` and `content` are folders."""
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
        )
        empty = ArticlePage("Our article", "")
        self._article = Watched(content / "article.md", load_article_page, empty)
        self._clinic = Watched(content / "clinic.yml", load_clinic, Clinic(name="Our clinic"))

    def html(self) -> str:
        """Return the page."""
        for file in (self._article, self._clinic):
            if file.has_changed():
                file.refresh()
        article, clinic = self._article.value, self._clinic.value
        hours = clinic.opening_hours
        return self._templates.get_template(TEMPLATE).render(
            clinic=clinic,
            title=article.title,
            article_html=Markup(article.html),  # noqa: S704  (the clinic's own article)
            sections=article.sections,
            hours=week_text(hours) if hours else None,
        )
