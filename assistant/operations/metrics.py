"""Prometheus metrics: how many and how long, never who or what."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]

TURN_SECONDS = Histogram(
    "assistant_turn_seconds",
    "Time from a message's arrival to its answer.",
    ["channel"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
TURNS = Counter("assistant_turns", "Messages answered, by how it went.", ["channel", "outcome"])
RESPONSES = Counter("assistant_responses", "Responses said, by name in domain.yml.", ["response"])
SAFETY_TIERS = Counter("assistant_safety", "Messages by safety tier.", ["tier"])
NLU_PROCESS = Gauge(
    "assistant_nlu_process", "1 while a second process judges messages, 0 while the first does."
)

for _tier in ("HARD", "SOFT", "NONE"):
    SAFETY_TIERS.labels(_tier)

ANSWERED, REFUSED, FAILED = "answered", "refused", "failed"
_UNAVAILABLE = "utter_unavailable"


class Turn:
    """A turn that is being measured; `outcome` says how it went."""

    def __init__(self) -> None:
        """Begin a turn of which nothing bad is known."""
        self.outcome = ANSWERED

    def said(self, refused: bool, answers: Iterable[dict[str, Any]]) -> None:
        """Note what was answered.

        Args:
            refused: whether the message was answered without Rasa, since the gate refused it.
            answers: each with the name of its response in `custom`; what an action wrote has none.
        """
        names = [_response(answer) for answer in answers]
        for name in names:
            RESPONSES.labels(name).inc()
        if refused:
            self.outcome = REFUSED
        elif _UNAVAILABLE in names:
            self.outcome = FAILED


def _response(answer: dict[str, Any]) -> str:
    custom = answer.get("custom")
    name = custom.get("utter_action") if isinstance(custom, dict) else None
    return name if isinstance(name, str) else "action"


@contextmanager
def measured(channel: str) -> Iterator[Turn]:
    """Measure the turn in the body."""
    turn, start = Turn(), time.monotonic()
    yield turn
    TURN_SECONDS.labels(channel).observe(time.monotonic() - start)
    TURNS.labels(channel, turn.outcome).inc()
