"""What the conversation so far means for the next message."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.channels.privacy import is_private
from assistant.nlu.reading.spanish import Language
from assistant.nlu.topics.follow_ups import AnsweredTopic, last_answered
from assistant.slots import CRISIS_SEEN, UNDER_18

# Far more than a visit; bounds the work on a conversation that never ends.
_EVENTS_READ = 2000


@dataclass
class Conversation:
    """A reading of the tracker."""

    channel: str
    parsed: dict[str, Any]
    """Parse data of the latest user message."""
    language: Language = "en"
    """Of what is said next."""
    crisis_seen: bool = False
    under_age: bool = False
    in_form: bool = False
    uses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """How often each response was given, by variation index."""
    notes_given: set[str] = field(default_factory=set)
    offers_made: int = 0
    said_this_turn: list[str] = field(default_factory=list)
    """Texts given since the latest user message."""
    said_before: list[str] = field(default_factory=list)
    """Texts given to the user message before."""
    last_topic: AnsweredTopic | None = None

    @classmethod
    def of(
        cls, tracker: DialogueStateTracker, channel: str, language: Language = "en"
    ) -> Conversation:
        """Read a tracker; `channel` is the output channel's name."""
        prefix = str(tracker.sender_id).partition(":")[0]
        message = tracker.latest_message
        conversation = cls(
            channel=channel if is_private(prefix) else prefix,
            parsed=dict(message.parse_data) if message else {},
            language=language,
            crisis_seen=_is_set(tracker, CRISIS_SEEN),
            under_age=_is_set(tracker, UNDER_18),
            in_form=tracker.active_loop_name is not None,
            last_topic=last_answered(tracker.events),
        )
        conversation._read(tracker)
        return conversation

    def _read(self, tracker: DialogueStateTracker) -> None:
        turns_back = 0
        for event in islice(reversed(tracker.events), _EVENTS_READ):
            # By name: events are abstract classes, on which isinstance takes five times as long.
            if event.type_name == UserUttered.type_name:
                turns_back += 1
            elif event.type_name == BotUttered.type_name:
                self._count(event.metadata)
                if turns_back < 2:
                    said = self.said_before if turns_back else self.said_this_turn
                    said.append(event.text or "")

    def _count(self, metadata: dict[str, Any]) -> None:
        name = metadata.get("utter_action")
        if name:
            self.uses[name][metadata.get("variation", 0)] += 1
        self.offers_made += bool(metadata.get("offers"))
        if notes := metadata.get("notes"):
            self.notes_given.update(notes)

    def times(self, name: str) -> int:
        """How often a response was given."""
        return sum(self.uses[name].values()) if name in self.uses else 0

    @property
    def is_private(self) -> bool:
        """Whether contact details may be taken here."""
        return is_private(self.channel) and not self.under_age

    @property
    def safety(self) -> dict[str, Any]:
        """The safety gate's finding on the latest message."""
        return self.parsed.get("safety") or {}


def _is_set(tracker: DialogueStateTracker, slot: str) -> bool:
    return slot in tracker.slots and bool(tracker.slots[slot].value)
