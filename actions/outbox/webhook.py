"""Tells the clinic by webhook: a POST of JSON to WEBHOOK_URL."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx

from actions.contact_requests.draft import Draft
from actions.contact_requests.models import ContactRequest
from actions.contact_requests.topics import topic_title
from actions.outbox.errors import NotSent

SECONDS = 15


def is_private(url: str) -> bool:
    """Tell whether what is sent to a URL stays unread: https, or this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return True
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def payload(request: ContactRequest, draft: Draft, with_contact: bool) -> dict[str, Any]:
    """Return the JSON of a request: `contact` is left out where others could read along."""
    body: dict[str, Any] = {
        "event": "contact_request",
        "code": request.code,
        "submitted_at": request.submitted_at.isoformat(timespec="seconds"),
        "topic": request.topic,
        "topic_title": topic_title(request.topic),
        "preferred_time": draft.preferred_time,
    }
    if with_contact:
        contact = {"first_name": draft.first_name, "phone": draft.phone, "email": draft.email}
        body["contact"] = contact
    return body


def post(url: str, key: str, body: dict[str, Any]) -> None:
    """Send one request; the receiver knows a repeated one by its `Idempotency-Key`.

    Raises:
        NotSent: if the answer was not 2xx, or none came.
    """
    try:
        answer = httpx.post(url, json=body, headers={"Idempotency-Key": key}, timeout=SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotSent(type(error).__name__) from error
    if not answer.is_success:
        raise NotSent(f"HTTP {answer.status_code}")
