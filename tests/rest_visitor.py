"""Somebody who talks to a running assistant over REST."""

from __future__ import annotations

import uuid

import httpx


class RestVisitor:
    """Writes as docs/operating.md asks a client to."""

    def __init__(self, url: str, client: httpx.Client | None = None) -> None:
        """Somebody new; without a `client`, each message comes over a connection of its own."""
        self.sender = str(uuid.uuid4())
        self._url = f"{url}/webhooks/rest/webhook"
        self._client = client

    def say(self, text: str, seconds: float = 60) -> str:
        """Say something, check that words come back to nobody else, and return them."""
        answer = (self._client or httpx).post(
            self._url,
            json={"sender": self.sender, "message": text},
            headers={"X-Sender": self.sender},
            timeout=seconds,
        )
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"
        messages = answer.json()
        said = "\n".join(message["text"] for message in messages)
        assert said, f"nothing came back for {text!r}"
        assert {message["recipient_id"] for message in messages} == {self.sender}
        return said
