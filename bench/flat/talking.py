"""Conversations over REST, with the time of each turn."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from itertools import cycle, islice
from statistics import median

import httpx

# Ten, so that the first ten turns and the last ten ask the same.
QUESTIONS = (
    "what is ketamine",
    "how much does it cost",
    "does it hurt",
    "how long does a session last",
    "is it safe",
    "what are the side effects",
    "can i drive home afterwards",
    "do you take insurance",
    "where are you",
    "how many sessions do i need",
)
SPAN = len(QUESTIONS)
_PAUSE = 1.0  # seconds; beyond the first few hundred one sender may ask twenty times in it


def timed_turns(client: httpx.Client, turns: int) -> Iterator[float]:
    """Hold one new conversation; yield the milliseconds of each turn.

    Raises:
        httpx.HTTPStatusError: if a message is refused.
        ValueError: if nothing was answered.
    """
    sender = uuid.uuid4().hex
    for question in islice(cycle(QUESTIONS), turns):
        answer, passed = _ask(client, {"sender": sender, "message": question})
        if not answer.raise_for_status().json():
            raise ValueError(f"no answer to {question!r}")
        yield passed


def _ask(client: httpx.Client, body: dict[str, str]) -> tuple[httpx.Response, float]:
    """Return the answer and its milliseconds, after a pause where one sender asked too fast."""
    while True:
        began = time.perf_counter()
        answer = client.post("/webhooks/rest/webhook", json=body)
        passed = (time.perf_counter() - began) * 1000
        if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
            return answer, passed
        time.sleep(_PAUSE)


def first_and_last(conversations: list[list[float]]) -> tuple[float, float]:
    """Return the median of all conversations' first ten turns, and of their last ten."""
    first = [ms for turns in conversations for ms in turns[:SPAN]]
    last = [ms for turns in conversations for ms in turns[-SPAN:]]
    return median(first), median(last)
