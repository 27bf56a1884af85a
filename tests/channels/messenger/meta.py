"""What Meta posts to the webhook, signed as Meta signs."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx

from tests.channels.messenger.fake_graph import APP_SECRET

PATH = "/webhooks/messenger/webhook"
PAGE = "1001"
Event = dict[str, Any]
_numbers: Iterator[int] = count(1)


def new_mid() -> str:
    return f"m_{next(_numbers)}"


def event(person: str, **content: Any) -> Event:
    return {
        "sender": {"id": person},
        "recipient": {"id": PAGE},
        "timestamp": 1_790_000_000_000,
        **content,
    }


def message(person: str, text: str | None, mid: str | None = None, **more: Any) -> Event:
    said = {"mid": mid or new_mid(), **({} if text is None else {"text": text}), **more}
    return event(person, message=said)


def tap(person: str, title: str, payload: str, mid: str | None = None) -> Event:
    return message(person, title, mid, quick_reply={"payload": payload})


def postback(person: str, title: str, payload: str, mid: str | None = None) -> Event:
    return event(person, postback={"mid": mid or new_mid(), "title": title, "payload": payload})


def edit(person: str, mid: str, text: str, number: int = 1) -> Event:
    return event(person, message_edit={"mid": mid, "text": text, "num_edit": str(number)})


def entry(*events: Event, **more: Any) -> dict[str, Any]:
    return {"id": PAGE, "time": 1_790_000_000_001, "messaging": list(events), **more}


def body(*entries: dict[str, Any]) -> bytes:
    return json.dumps({"object": "page", "entry": list(entries)}).encode()


def signature(content: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
    return {"x-hub-signature-256": f"sha256={digest}"}


def request(*events: Event) -> dict[str, Any]:
    """Arguments of an httpx post that delivers events in one entry."""
    content = body(entry(*events))
    return {"url": PATH, "content": content, "headers": signature(content)}


async def deliver(http: httpx.AsyncClient, *events: Event) -> None:
    answer = await http.post(**request(*events))
    assert answer.status_code == 200, answer.text
