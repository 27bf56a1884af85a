"""Checks of what stands beside the texts: titles, passages, notes, related topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.content.problems import Problem
from assistant.content.validate.project import Project
from assistant.responses.additions import LINKS
from assistant.responses.catalog import UTTER, Variation
from assistant.responses.facts import fact_names
from assistant.responses.request import TURN_NAMES

# A Messenger quick reply; a Telegram callback.
TITLE_CHARACTERS = 20
QUESTION_BYTES = 64
OFFERS = {"callback"}
_KEYS = {
    *("title", "question", "group", "passages", "notes", "related"),
    *("needs", "offers", "links", "voice", "other", "follow_ups"),
}
_FOLLOW_UPS = ("more", "why")


def check_metadata(project: Project, name: str) -> Iterator[Problem]:
    """Problems of a response's metadata."""
    for variation in project.catalog.variations[name]:
        own = variation.raw.get("metadata") or {}
        if not isinstance(own, dict):
            line = project.response_line(name, variation.index, "metadata")
            message = f"{name}: metadata is not names with values, such as `title: ...`"
            yield Problem(project.files.domain, line, message)
            continue
        for key in own:
            line = project.response_line(name, variation.index, "metadata", key)
            for message in _value_problems(project, name, variation, key):
                yield Problem(project.files.domain, line, f"{name}: {message}")
            if key not in _KEYS:
                message = f'{name}: unknown metadata "{key}"'
                yield Problem(project.files.domain, line, message, "warning")


def _value_problems(project: Project, name: str, variation: Variation, key: str) -> Iterator[str]:
    value = variation.metadata[key]
    known = _known(project).get(key)
    if known is not None:
        if not isinstance(value, list):
            yield f"{key} is not a list: write [{value}]"
        yield from (f"unknown {key}: {one}" for one in variation.names(key) if one not in known)
    if key == "passages":
        yield from _passage_problems(project, variation)
    elif key == "title":
        yield from _title_problems(project, str(value))
    elif key == "question" and len(str(value).encode()) > QUESTION_BYTES:
        yield f"question is longer than {QUESTION_BYTES} bytes"
    elif key == "follow_ups":
        yield from _follow_up_problems(project, value)
    elif key == "offers" and value is not None and value not in OFFERS:
        yield f"unknown offers: {value}"


def _known(project: Project) -> dict[str, set[str]]:
    facts = fact_names() | TURN_NAMES
    return {
        "passages": set(project.article.passages),
        "notes": set(project.notes),
        "related": set(project.catalog.topics),
        "needs": facts,
        "links": set(LINKS),
    }


def _passage_problems(project: Project, variation: Variation) -> Iterator[str]:
    for label in variation.names("passages"):
        passage = project.article.passages.get(label)
        if passage and not passage.for_answers:
            yield f"passage {label} stays out of answers"


def _title_problems(project: Project, title: str) -> Iterator[str]:
    if len(title) > TITLE_CHARACTERS:
        yield f'title "{title}" is longer than {TITLE_CHARACTERS} characters'
    uses = Counter(topic.title.casefold() for topic in project.catalog.topics.values())
    if uses[title.casefold()] > 1:
        yield f'title "{title}" is used twice'


def _follow_up_problems(project: Project, value: object) -> Iterator[str]:
    if not isinstance(value, dict) or not all(isinstance(one, list) for one in value.values()):
        yield "follow_ups is not lists by name, such as {more: [faq/safety]}"
        return
    labels = {name.removeprefix(UTTER) for name in project.catalog.variations}
    for key, names in value.items():
        if key not in _FOLLOW_UPS:
            yield f"unknown follow_ups: {key}"
        yield from (f"unknown follow_ups: {one}" for one in names if one not in labels)
