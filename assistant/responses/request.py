"""What is to be said, and the values its text may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.responses import additions, buttons
from assistant.responses.book import Book
from assistant.responses.catalog import UTTER, Topic, Variation
from assistant.responses.conversation import Conversation

# Computed for a single turn, beside the facts.
TURN_NAMES = {"choices", "topics", "contact_form", "last_topic", "last_source", "last_note"}


@dataclass(frozen=True)
class Request:
    """A response by name, for one conversation."""

    name: str
    book: Book
    conversation: Conversation
    slots: Mapping[str, Any]
    given: Mapping[str, Any]
    """Values that an action passed along."""

    @cached_property
    def choices(self) -> list[Topic]:
        """What the message may have meant, best first."""
        return buttons.choices(self.book.catalog, self.conversation.parsed)

    @property
    def is_spanish(self) -> bool:
        """Whether the response is in Spanish."""
        return self.conversation.language == "es"

    @cached_property
    def last_answer(self) -> Variation | None:
        """The first wording of the answer before, if this may refer to one."""
        topic = self.conversation.last_topic
        wordings = self.book.catalog.variations.get(f"{UTTER}{topic.label}") if topic else None
        return wordings[0] if wordings else None

    def lookup(self, name: str) -> str | None:
        """The value of a placeholder: what an action passed, a fact, or a slot's value."""
        for value in (self.given.get(name), self._known(name), self.slots.get(name)):
            if isinstance(value, (str, int, float)) and value != "":
                return str(value)
        return None

    def _known(self, name: str) -> str | None:
        if name == "choices":
            return ", ".join(f'"{topic.title}"' for topic in self.choices)
        if name == "topics":
            return self.book.topics
        if name == "contact_form":
            return "yes" if self.conversation.is_private else None
        if name.startswith("last_"):
            return self._of_last_answer(name)
        return self.book.facts.get(name)

    def _of_last_answer(self, name: str) -> str | None:
        """Its title, the sections it is from, or the names of its safety notes."""
        if self.last_answer is None:
            return None
        if name == "last_source":
            return additions.listed_titles(
                self.book, additions.sources(self.book, self.last_answer)
            )
        if name == "last_note":
            return ", ".join(self.last_answer.names("notes"))
        title = self.last_answer.metadata.get("title")
        return f'"{title}"' if title else None
