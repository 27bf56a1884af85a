"""Answers in the shape, and within the limits, of Messenger.

See https://developers.facebook.com/docs/messenger-platform/reference/send-api.
"""

from __future__ import annotations

from typing import Any

from assistant.channels.text_limits import shorten, split, units
from assistant.responses.limits import Button

MAX_TEXT = 2_000
MAX_CHOICES = 13
MAX_TITLE = 20
MAX_PAYLOAD = 1_000


def messages_for(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the messages to send, at least one if any answer has a text.

    Quick replies vanish as soon as something else is said, so those of all answers go below
    the last text.
    """
    choices = _choices([button for answer in answers for button in answer.get("buttons") or ()])
    texts = [answer["text"] for answer in answers if (answer.get("text") or "").strip()]
    titles = [shorten(button["title"], MAX_TITLE) for button in choices]
    if texts and len(set(titles)) < len(titles):
        titles = [
            shorten(f"{number}. {button['title']}", MAX_TITLE)
            for number, button in enumerate(choices, 1)
        ]
        wordings = (f"{number}. {button['title']}" for number, button in enumerate(choices, 1))
        texts[-1] = "\n\n".join([texts[-1], "\n".join(wordings)])
    messages: list[dict[str, Any]] = [
        {"text": part} for text in texts for part in split(text, MAX_TEXT)
    ]
    if messages and choices:
        messages[-1]["quick_replies"] = [
            {"content_type": "text", "title": title, "payload": button["payload"]}
            for title, button in zip(titles, choices, strict=True)
        ]
    return messages


def _choices(buttons: list[Button]) -> list[Button]:
    """Leave out what was there already, what is too long, and what is too many."""
    fitting: dict[str, Button] = {}
    for button in buttons:
        if button["title"].strip() and units(button["payload"]) <= MAX_PAYLOAD:
            fitting.setdefault(button["payload"], button)
    return list(fitting.values())[:MAX_CHOICES]
