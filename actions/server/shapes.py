"""What an action call must look like before an action sees it."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, Field, StrictStr

from assistant.json_objects import fit, read_object

# Half a character, written as an escape or in the bytes themselves: no answer could repeat it.
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")


class Event(BaseModel):
    """An event of the conversation; its other fields depend on its kind."""

    event: StrictStr


class ParsedMessage(BaseModel):
    """The message that the visitor wrote last."""

    text: StrictStr | None
    intent: dict[str, Any] | None
    entities: list[dict[str, Any]] | None


class Conversation(BaseModel):
    """The tracker."""

    sender_id: StrictStr = Field(min_length=1)
    slots: dict[str, Any]
    latest_message: ParsedMessage | None
    events: list[Event] | None
    active_loop: dict[str, Any] | None
    latest_action_name: StrictStr | None


class ActionCall(BaseModel):
    """A call as Rasa sends it."""

    next_action: StrictStr = Field(min_length=1)
    tracker: Conversation
    domain: dict[str, Any] | None
    version: StrictStr | None


def check_call(body: bytes) -> None:
    """Check the body of a call.

    Raises:
        ValueError: if an action could not work with it.
    """
    call = read_object(body)
    if _SURROGATE.search(body):
        json.dumps(call, ensure_ascii=False).encode()  # whole pairs pass
    fit(ActionCall, call)
