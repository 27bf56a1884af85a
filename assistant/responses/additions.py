"""What stands around an answer: its source, safety notes, links, the offer, the safety line."""

from __future__ import annotations

from collections.abc import Iterable

import phonenumbers

from assistant.responses.book import Book
from assistant.responses.catalog import Variation
from assistant.responses.conversation import Conversation
from assistant.responses.facts import listed
from assistant.responses.last_resort import last_resort

Link = dict[str, str]
Source = dict[str, str]
# What `links` in a response's metadata may name.
LINKS = ("directions", "booking", "privacy", "phone")
_SOFT_LINE = "utter_soft_line"
_LIFELINE = "988"


def sources(book: Book, variation: Variation) -> list[Source]:
    """The sections that an answer's passages stand in, each once."""
    named = (book.article.passages.get(label) for label in variation.names("passages"))
    sections = dict.fromkeys(passage.section for passage in named if passage)
    return [{"title": section.title, "anchor": section.anchor} for section in sections]


def source_line(book: Book, found: Iterable[Source]) -> str:
    """The line that names the sections."""
    titles = listed_titles(book, found)
    return book.lines.source.format(titles=titles) if titles else ""


def listed_titles(book: Book, found: Iterable[Source]) -> str:
    """The titles of the sections, in quotation marks."""
    return listed([f'"{source["title"]}"' for source in found], book.lines.last)


def safety_notes(book: Book, variation: Variation, told: set[str]) -> list[str]:
    """The notes of an answer, each labelled; shorter for those that were told before."""
    notes = ((name, book.notes.get(name)) for name in variation.names("notes"))
    texts = [note.again if name in told else note.text for name, note in notes if note]
    return [book.lines.safety_note.format(note=text) for text in texts]


def links(book: Book, variation: Variation) -> list[Link]:
    """The links of an answer that the clinic has set."""
    clinic, lines = book.clinic, book.lines
    known: dict[str, tuple[str, str | None]] = {
        "directions": (lines.directions, clinic.directions_url),
        "booking": (lines.booking, clinic.booking_url),
        "privacy": (lines.privacy, clinic.privacy_url),
        "phone": (lines.phone.format(phone=clinic.phone), clinic.phone and _tel(clinic.phone)),
    }
    named = (known.get(name) for name in variation.names("links") if name in LINKS)
    return [{"title": pair[0], "url": pair[1]} for pair in named if pair and pair[1]]


def link_lines(found: Iterable[Link]) -> str:
    """The links as text, for channels that show nothing else."""
    lines = (
        link["title"] if link["url"].startswith("tel:") else f"{link['title']}: {link['url']}"
        for link in found
    )
    return "\n".join(lines)


def soft_line(book: Book, conversation: Conversation, text: str) -> str:
    """The line of SAFETY.md's middle tier, unless this turn has already named the lifeline."""
    wanted = conversation.crisis_seen or conversation.safety.get("tier") == "SOFT"
    if not wanted or any(_LIFELINE in said for said in (text, *conversation.said_this_turn)):
        return ""
    spanish = "es" in (conversation.language, conversation.safety.get("language"))
    language = "_es" if spanish else ""
    wordings = book.catalog.variations.get(_SOFT_LINE + language)
    return wordings[0].text if wordings else last_resort(_SOFT_LINE)


def _tel(phone: str) -> str:
    number = phonenumbers.parse(phone, "US")
    return f"tel:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}"
