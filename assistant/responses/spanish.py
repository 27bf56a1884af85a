"""The book in Spanish: the same answers, notes and facts, in the words of content/spanish.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.content.notes import Note
from assistant.content.spanish import Spanish, SpanishResponse
from assistant.responses.book import Book
from assistant.responses.buttons import topic_groups
from assistant.responses.catalog import Catalog, catalog_of
from assistant.responses.spanish_facts import SpanishFacts

# Said for a topic that has no Spanish words.
_UNTRANSLATED = "utter_spanish"
# A wording names what it needs and offers itself, since its order may be another.
_EACH_ITS_OWN = ("needs", "title", "question", "other")


def in_spanish(book: Book, spanish: Spanish) -> Book:
    """Return `book` with Spanish words; a topic that has none says so."""
    catalog = _catalog(book.catalog, spanish)
    return replace(
        book,
        catalog=catalog,
        facts=SpanishFacts(book.clinic),
        notes=_notes(book.notes, spanish),
        lines=spanish.lines,
        topics=topic_groups(catalog),
    )


def _catalog(english: Catalog, spanish: Spanish) -> Catalog:
    raw: dict[str, Any] = dict(english.raw)
    for name, entries in english.raw.items():
        if name in spanish.responses:
            raw[name] = _entries(entries, spanish.responses[name], spanish.groups)
        elif "/" in name and _UNTRANSLATED in english.raw:
            raw[name] = english.raw[_UNTRANSLATED]
    catalog = catalog_of(raw)
    own = {name.removeprefix("utter_") for name in spanish.responses}
    topics = {label: topic for label, topic in catalog.topics.items() if label in own}
    return Catalog(catalog.raw, catalog.variations, topics)


def _entries(
    english: list[dict[str, Any]], response: SpanishResponse, groups: Mapping[str, str]
) -> list[dict[str, Any]]:
    first = english[0].get("metadata") or {}
    shared = {key: value for key, value in first.items() if key not in _EACH_ITS_OWN}
    own = {"title": response.title, "question": response.question, "other": response.other}
    shared.update({key: value for key, value in own.items() if value})
    if "group" in shared:
        shared["group"] = groups.get(shared["group"], shared["group"])
    entries = []
    for index, wording in enumerate(response.wordings):
        metadata = {"needs": wording.needs, **({} if index else shared)}
        if wording.offers:
            metadata["offers"] = wording.offers
        entry = {"text": wording.text, "metadata": metadata}
        entries.append(entry | ({"channel": wording.channel} if wording.channel else {}))
    return entries


def _notes(english: Mapping[str, Note], spanish: Spanish) -> Mapping[str, Note]:
    """The notes; one without Spanish words is said in English rather than left out."""
    return {
        name: note.copy(update=spanish.notes[name].dict()) if name in spanish.notes else note
        for name, note in english.items()
    }
