"""Buttons: what could be asked next. A tap sends ordinary text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assistant.responses.catalog import UTTER, Catalog, Topic, Variation
from assistant.responses.conversation import Conversation
from assistant.responses.limits import Button

_CHOICES = 2
# A runner-up this unlikely would only confuse.
_WORTH_ASKING = 0.08


def choices(catalog: Catalog, parsed: dict[str, Any]) -> list[Topic]:
    """The one or two topics that the message may have meant, best first."""
    topics = []
    for entry in parsed.get("suggestions") or parsed.get("topic_ranking") or []:
        name, confidence = _named(entry)
        topic = catalog.topics.get(name)
        if topic and confidence >= _WORTH_ASKING:
            topics.append(topic)
    return topics[:_CHOICES]


def _named(entry: Any) -> tuple[str, float]:
    if isinstance(entry, dict):
        return str(entry.get("name")), float(entry.get("confidence") or 0.0)
    return str(entry), 1.0


def choice_buttons(topics: Iterable[Topic], variation: Variation) -> list[Button]:
    """A button for each choice, and the one for none of them."""
    buttons = [_button(topic.title, topic.question) for topic in topics]
    other = variation.metadata.get("other") or {}
    if buttons and other:
        buttons.append(_button(other["title"], other["question"]))
    return buttons


def related(catalog: Catalog, labels: Iterable[str], conversation: Conversation) -> list[Button]:
    """Those topics that this conversation has not had yet."""
    if conversation.in_form:
        return []
    named = (catalog.topics.get(label) for label in labels)
    return [
        _button(topic.title, topic.question)
        for topic in named
        if topic and f"{UTTER}{topic.label}" not in conversation.uses
    ]


def contact_button(catalog: Catalog) -> list[Button]:
    """The button that accepts the offer of being contacted."""
    topic = catalog.topics.get("callback_line")
    return [_button(topic.title, topic.question)] if topic else []


def topic_groups(catalog: Catalog) -> str:
    """All topics by group, one line a group, in the order of domain.yml."""
    groups: dict[str, list[str]] = {}
    for topic in catalog.topics.values():
        if topic.group:
            groups.setdefault(topic.group, []).append(topic.title[:1].lower() + topic.title[1:])
    return "\n".join(f"- {group}: {', '.join(titles)}" for group, titles in groups.items())


def _button(title: str, payload: str) -> Button:
    return {"title": title, "payload": payload}
