"""What is read of Meta's webhook events; everything else in them is dropped at once.

See https://developers.facebook.com/docs/messenger-platform/reference/webhook-events.
"""

from __future__ import annotations

import re
from typing import Any

import structlog
from pydantic import BaseModel, Extra, ValidationError, constr

from assistant.channels.inbound import MAX_SENDER, RejectedMessage
from assistant.json_objects import fit, read_object

logger = structlog.get_logger()

_PAGE = "page"
_Id = constr(min_length=1, max_length=MAX_SENDER, strict=True)
_MessageId = constr(min_length=1, max_length=500, strict=True)
_Text = constr(strict=True)
# Payloads such as GET_STARTED, which another app has left in a conversation.
_KEY = re.compile(r"[A-Z0-9_:.-]+|\s*[{\[].*", re.DOTALL)


class _Read(BaseModel, extra=Extra.ignore, allow_mutation=False):
    """Keeps the fields that it names."""


class Person(_Read):
    """Who wrote, by an id that holds for this page only."""

    id: _Id  # type: ignore[valid-type]


class QuickReply(_Read):
    """The tapped answer."""

    payload: _Text = ""  # type: ignore[valid-type]


class Message(_Read):
    """A message; of a photo, a voice message and the like nothing is kept."""

    mid: _MessageId  # type: ignore[valid-type]
    text: _Text | None = None  # type: ignore[valid-type]
    quick_reply: QuickReply | None = None
    is_echo: bool = False
    is_deleted: bool = False


class Postback(_Read):
    """A tap on the menu, or on "Get started"."""

    mid: _MessageId | None = None  # type: ignore[valid-type]
    title: _Text = ""  # type: ignore[valid-type]
    payload: _Text = ""  # type: ignore[valid-type]


class MessageEdit(_Read):
    """The new text of a message."""

    mid: _MessageId  # type: ignore[valid-type]
    text: _Text = ""  # type: ignore[valid-type]
    num_edit: int = 0


class Event(_Read):
    """One event; kinds that are not named here need no answer."""

    sender: Person
    timestamp: int = 0
    message: Message | None = None
    postback: Postback | None = None
    message_edit: MessageEdit | None = None


class Entry(_Read):
    """Events of one page; those under `standby` are for another app or a person."""

    messaging: list[Any] = []


class Notification(_Read):
    """What one request carries."""

    object: str
    entry: list[Entry]


def read_events(body: bytes) -> list[Event]:
    """Return the events of a request in their order.

    One that cannot be read is left out, so that it does not keep Meta from delivering the rest.

    Raises:
        RejectedMessage: 400 if the request as a whole is malformed.
    """
    try:
        notification = fit(Notification, read_object(body))
    except ValueError as error:
        raise RejectedMessage(400, "The request is not a webhook notification.") from error
    if notification.object != _PAGE:
        return []
    events = [event for entry in notification.entry for event in entry.messaging]
    return [readable for event in events if (readable := _read(event))]


def words_of(payload: str, title: str) -> str:
    """Return what a tap stands for.

    Our payloads are words. One that is a key is not ours, and its title is what was tapped.
    """
    return title if title and _KEY.fullmatch(payload or "-") else payload or title


def _read(event: Any) -> Event | None:
    try:
        return fit(Event, event if isinstance(event, dict) else {})
    except ValidationError as error:
        fields = sorted({".".join(map(str, problem["loc"][1:])) for problem in error.errors()})
        logger.warning("messenger.event.unreadable", fields=fields)
        return None
