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


def timed_turns(client: httpx.Client, turns: int) -> Iterator[float]:
    """Hold one new conversation; yield the milliseconds of each turn.

    Raises:
        httpx.HTTPStatusError: if a message is refused.
        ValueError: if nothing was answered.
    """
    sender = uuid.uuid4().hex
    for question in islice(cycle(QUESTIONS), turns):
        began = time.perf_counter()
        answer = client.post("/webhooks/rest/webhook", json={"sender": sender, "message": question})
        passed = (time.perf_counter() - began) * 1000
        if not answer.raise_for_status().json():
            raise ValueError(f"no answer to {question!r}")
        yield passed


def first_and_last(conversations: list[list[float]]) -> tuple[float, float]:
    """Return the median of all conversations' first ten turns, and of their last ten."""
    first = [ms for turns in conversations for ms in turns[:SPAN]]
    last = [ms for turns in conversations for ms in turns[-SPAN:]]
    return median(first), median(last)
