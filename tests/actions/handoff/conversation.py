"""Rasa's own form, the project's domain and texts, and our actions, without any server."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels import OutputChannel
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from assistant.responses.generator import ResponseGenerator
from assistant.settings import ROOT
from assistant.slots import CONTACT_FORM

ASK = "utter_ask_contact_form_"


@lru_cache(maxsize=1)
def project_domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


@lru_cache(maxsize=1)
def project_responses() -> ResponseGenerator:
    return ResponseGenerator(None, project_domain())


class ActionsInProcess:
    """Stands in for the endpoint of the action server."""

    url = "in process"

    def __init__(self) -> None:
        self.kwargs: dict[str, Any] = {}
        self.executor = ActionExecutor()
        self.executor.register_package("actions")

    async def request(self, json: dict[str, Any], **_: Any) -> dict[str, Any]:
        return copy.deepcopy(await self.executor.run(copy.deepcopy(json)))


@lru_cache(maxsize=1)
def endpoint() -> ActionsInProcess:
    return ActionsInProcess()


@dataclass
class Conversation:
    """One visitor. `say` returns what the assistant answered in that turn."""

    sender: str = "rest:visitor-1"
    rejected: bool = False
    tracker: DialogueStateTracker = field(init=False)

    def __post_init__(self) -> None:
        self.domain = project_domain()
        self.tracker = DialogueStateTracker(self.sender, self.domain.slots)
        self.nlg = project_responses()
        self.channel = OutputChannel()

    async def start(self, text: str = "can someone call me", **slots: Any) -> list[BotUttered]:
        """Open the form with a message, as the policies do."""
        self._hear(text)
        self._update(SlotSet(name, value) for name, value in slots.items())
        return await self._form()

    async def say(self, text: str, intent: str = "nlu_fallback", tier: str = "NONE"):
        """Answer the form."""
        self._hear(text, intent, tier)
        return await self._form()

    async def resume(self, text: str) -> list[BotUttered]:
        """Ask something that a policy answers; the form then goes on."""
        self._hear(text, "faq")
        self._update([ActionExecuted("utter_faq"), BotUttered("Our article says ...")])
        return (await self._form())[1:]

    async def act(self, action: str) -> list[BotUttered]:
        """Run a custom action right after a message."""
        self._hear("x")
        return await self._run(RemoteAction(action, endpoint()))

    def slot(self, name: str) -> Any:
        return self.tracker.get_slot(name)

    @property
    def in_form(self) -> bool:
        return self.tracker.active_loop_name == CONTACT_FORM

    def private_words(self) -> set[str]:
        """All words that this turn's actions marked."""
        words: set[str] = set()
        for event in self._turn():
            if isinstance(event, SlotSet) and event.key == "private_words":
                words.update(event.value)
        return words

    def _hear(self, text: str, intent: str = "talk_to_person", tier: str = "NONE") -> None:
        self._update([ActionExecuted("action_listen")])
        parsed = {"intent": {"name": intent, "confidence": 0.95}, "safety": {"tier": tier}}
        self._update([UserUttered(text, parse_data={"text": text, **parsed})])

    async def _form(self) -> list[BotUttered]:
        was_active = self.in_form
        self.rejected = False
        try:
            await self._run(FormAction(CONTACT_FORM, endpoint()))
        except ActionExecutionRejection:
            self.rejected = True
        if was_active and not self.in_form and not self.rejected:
            await self._run(RemoteAction("action_submit_contact", endpoint()))
        return [event for event in self._turn() if isinstance(event, BotUttered)]

    async def _run(self, action: Any) -> list[BotUttered]:
        events = await action.run(self.channel, self.nlg, self.tracker, self.domain)
        self._update([ActionExecuted(action.name()), *events])
        return [event for event in events if isinstance(event, BotUttered)]

    def _update(self, events: Iterable[Event]) -> None:
        self.tracker.update_with_events(list(events), self.domain)

    def _turn(self) -> list[Event]:
        events = list(self.tracker.events)
        start = max(i for i, event in enumerate(events) if isinstance(event, UserUttered))
        return events[start:]


def names(messages: list[BotUttered]) -> list[str]:
    """The responses that were uttered."""
    return [message.metadata["utter_action"] for message in messages]


async def told(visitor: Conversation, *texts: str) -> list[str]:
    """Start the form, say the texts, return the names of the last answers."""
    answers = await visitor.start()
    for text in texts:
        answers = await visitor.say(text)
    return names(answers)
