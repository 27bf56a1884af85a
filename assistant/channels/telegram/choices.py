"""What a button's `callback_data` stands for: at most 64 bytes, and known after a restart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.responses.book import Book
from assistant.responses.catalog import Catalog
from assistant.responses.library import Library

MAX_BYTES = 64
_LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Choice:
    """A button of the content: what it shows and what a tap on it says."""

    title: str
    payload: str


@dataclass
class _Index:
    books: list[Book]
    choices: dict[str, Choice] = field(default_factory=dict)
    """By callback data."""
    data: dict[str, str] = field(default_factory=dict)
    """By payload."""

    def add(self, data: str, choice: Choice) -> None:
        if len(data.encode()) > MAX_BYTES:
            data = _hashed(data)
        self.choices.setdefault(data, choice)
        self.data.setdefault(choice.payload, data)


class Choices:
    """All buttons that the content has, in both languages.

    A topic's button is named after the topic, so that it works on when its wording is edited;
    any other after the hash of what it says. Data that names neither was not issued here.
    """

    def __init__(self, library: Library) -> None:
        """Create the index; it follows the content that `library` reads."""
        self._library = library
        self._index = _Index([])

    async def data_for(self, payload: str) -> str | None:
        """Return the data of the button that says `payload`; None if the content has none."""
        return (await self._current()).data.get(payload)

    async def of(self, data: str) -> Choice | None:
        """Return the button that was sent with `data`; None if there is no such button."""
        return (await self._current()).choices.get(data)

    async def title_of(self, payload: str) -> str:
        """Return what the button that says `payload` shows; `payload` if there is none now."""
        index = await self._current()
        choice = index.choices.get(index.data.get(payload, ""))
        return choice.title if choice else payload

    async def _current(self) -> _Index:
        books = [await self._library.book(language) for language in _LANGUAGES]
        if [*map(id, books)] != [*map(id, self._index.books)]:
            self._index = _index(books)
        return self._index


def _index(books: list[Book]) -> _Index:
    index = _Index(books)
    for language, book in zip(_LANGUAGES, books, strict=True):
        for label, topic in book.catalog.topics.items():
            index.add(f"{language}:{label}", Choice(topic.title, topic.question))
        for choice in _own_buttons(book.catalog):
            if choice.payload not in index.data:
                index.add(_hashed(choice.payload), choice)
    return index


def _own_buttons(catalog: Catalog) -> Iterator[Choice]:
    """The buttons that responses name themselves, and those for "something else"."""
    for variations in catalog.variations.values():
        for variation in variations:
            own = variation.raw.get("buttons")
            for button in own if isinstance(own, list) else []:
                yield from _choice(button, "payload")
            yield from _choice(variation.metadata.get("other"), "question")


def _choice(named: object, payload: str) -> Iterator[Choice]:
    """Read a button; nothing if it is not whole, since one mistake must not take all down."""
    if isinstance(named, dict) and named.get("title") and named.get(payload):
        yield Choice(str(named["title"]), str(named[payload]))


def _hashed(text: str) -> str:
    return "#" + hashlib.sha256(text.encode()).hexdigest()[:32]
