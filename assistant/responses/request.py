"""What is to be said, and the values its text may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.responses import buttons
from assistant.responses.book import Book
from assistant.responses.catalog import Topic
from assistant.responses.conversation import Conversation

# Computed for a single turn, beside the facts.
TURN_NAMES = {"choices", "topics", "contact_form"}


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
        return self.book.facts.get(name)
