"""Checks of the answers in domain.yml."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.content.grounding import forbidden_words, is_verbatim, kept_out, quotes
from assistant.content.problems import Problem
from assistant.content.validate.metadata import check_metadata
from assistant.content.validate.project import Project
from assistant.responses.catalog import Variation, usable_entries
from assistant.responses.facts import fact_names
from assistant.responses.request import TURN_NAMES

ARTICLE = "utter_faq/"
# What the actions of the handoff pass along with a response.
ACTION_VALUES = {"given_name", "given_contact", "given_time", "code", "codes"}


def check_responses(project: Project) -> Iterator[Problem]:
    """Problems of every response."""
    slots = set(project.domain.get("slots") or {})
    known = fact_names() | TURN_NAMES | ACTION_VALUES | slots
    for name, entries in (project.domain.get("responses") or {}).items():
        if name not in project.catalog.variations or len(usable_entries(entries)) < len(entries):
            message = f"{name} is not a list of wordings, each with a text"
            yield Problem(project.files.domain, project.response_line(name), message)
    for name, variations in project.catalog.variations.items():
        yield from check_metadata(project, name)
        for variation in variations:
            yield from _check_text(project, name, variation, known)
        if name.startswith(ARTICLE) and "passages" not in variations[0].metadata:
            message = f"{name} names no passages of the article (write [] if it has nothing to say)"
            yield Problem(project.files.domain, project.response_line(name), message)


def _check_text(
    project: Project, name: str, variation: Variation, known: set[str]
) -> Iterator[Problem]:
    line = project.response_line(name, variation.index, "text")
    if not variation.text.strip():
        yield Problem(project.files.domain, line, f"{name} has an empty text")
    for placeholder in sorted(variation.placeholders - known):
        yield Problem(project.files.domain, line, f"{name}: unknown placeholder {{{placeholder}}}")
    for message in _grounding(project, name, variation):
        yield Problem(project.files.domain, line, f"{name}: {message}")


def _grounding(project: Project, name: str, variation: Variation) -> Iterator[str]:
    all_passages = project.article.passages
    named = [all_passages[label] for label in variation.names("passages") if label in all_passages]
    is_answer = name.startswith(ARTICLE)
    if is_answer or named:
        for quote in quotes(variation.text):
            if not is_verbatim(quote, named):
                yield f'"{quote}" stands in none of its passages word for word'
    if is_answer:
        for passage, words in forbidden_words(variation.text, all_passages.values()):
            yield f'"{words}" of passage {passage.id} stays out of answers'
    for passage, words in kept_out(variation.text, all_passages.values()):
        yield f'"{words}" repeats passage {passage.id}, which stays out of answers'
