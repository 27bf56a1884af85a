"""What has happened in the current turn, read from the tracker's tail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

_REMEMBERED_MESSAGES = 2
# Bounds the work on a conversation that never ends.
_EVENTS_READ = 2000


@dataclass(frozen=True)
class Turn:
    """The latest user message and everything since; what came just before it."""

    message: UserUttered
    actions: list[str]
    """Names of the actions executed since the message, oldest first."""
    said: list[BotUttered]
    """Bot messages since the user's message."""
    last_policy: str | None
    """Name of the policy that chose the newest action."""
    last_event: Event
    """The newest event that is not bookkeeping."""
    said_before: list[BotUttered] = field(default_factory=list)
    """Bot messages between the previous user message and this one."""
    earlier_texts: list[str] = field(default_factory=list)
    """Texts of up to two user messages before this one, oldest first."""
    active_form: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    history: Sequence[Event] = ()
    """All events in memory, oldest first."""

    @classmethod
    def of(cls, tracker: DialogueStateTracker) -> Turn | None:
        """Read the turn; None before the first user message."""
        current: list[Event] = []
        events = iter(reversed(tracker.events))
        for event in events:
            if isinstance(event, UserUttered):
                break
            current.append(event)
        else:
            return None
        said_before, earlier_texts = _before(events)
        current = [
            e for e in reversed(current) if not isinstance(e, DefinePrevUserUtteredFeaturization)
        ]
        executed = [e for e in current if isinstance(e, ActionExecuted)]
        return cls(
            message=event,
            actions=[e.action_name for e in executed],
            last_policy=executed[-1].policy if executed else None,
            said=[e for e in current if isinstance(e, BotUttered)],
            last_event=current[-1] if current else event,
            said_before=said_before,
            earlier_texts=earlier_texts,
            active_form=tracker.active_loop_name,
            slots=tracker.current_slot_values(),
            history=tracker.events,
        )

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has been done yet about the message."""
        return not self.actions

    @property
    def last_action(self) -> str:
        """The newest action, `action_listen` when nothing was done yet."""
        return self.actions[-1] if self.actions else ACTION_LISTEN_NAME

    @property
    def intent(self) -> str:
        """Name of the message's intent, without a retrieval key."""
        return str(self.message.intent.get("name"))

    @property
    def text(self) -> str:
        """The message's text."""
        return self.message.text or ""

    @property
    def answers(self) -> list[str]:
        """Labels to answer in this turn, in order."""
        return list(self.parsed("answers") or [])

    def parsed(self, key: str) -> Any:
        """An attribute that the NLU pipeline left on the message."""
        return self.message.parse_data.get(key)

    def offered_before(self) -> str | None:
        """What the bot's last messages offered, if anything (response metadata `offers`)."""
        offers = [m.metadata.get("offers") for m in self.said_before]
        return next((str(offer) for offer in reversed(offers) if offer), None)

    def uttered_before(self) -> list[str]:
        """Names of the responses the bot gave just before this message."""
        return [str(m.metadata.get("utter_action")) for m in self.said_before]

    def told(self) -> set[str]:
        """Names of the responses given in this conversation."""
        latest = islice(reversed(self.history), _EVENTS_READ)
        return {str(e.metadata.get("utter_action")) for e in latest if isinstance(e, BotUttered)}


def _before(events: Iterator[Event]) -> tuple[list[BotUttered], list[str]]:
    """Read backwards from the current message: bot messages right before it, then user texts."""
    said: list[BotUttered] = []
    texts: list[str] = []
    for event in events:
        if isinstance(event, BotUttered) and not texts:
            said.insert(0, event)
        elif isinstance(event, UserUttered):
            texts.insert(0, event.text or "")
            if len(texts) == _REMEMBERED_MESSAGES:
                break
    return said, texts
