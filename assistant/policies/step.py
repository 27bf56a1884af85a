"""The base of our policies: ordered step functions, the first with an opinion wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.policies.turn import Turn
from assistant.slots import CONTACT_SLOTS

FORM_SLOTS = ("requested_slot", *CONTACT_SLOTS)


@dataclass(frozen=True)
class Step:
    """The next action, and events to apply before it runs."""

    action: str
    events: list[Event] = field(default_factory=list)


def leave_form() -> list[Event]:
    """Events that end the contact form and empty its slots."""
    return [ActiveLoop(None), *(SlotSet(name, None) for name in FORM_SLOTS)]


class StepPolicy(Policy):
    """A policy without training: asks its step functions in order."""

    steps: ClassVar[Sequence[Callable[[Turn], Step | None]]] = ()
    notes: ClassVar[Sequence[Callable[[Turn], list[Event]]]] = ()
    """Functions whose events are applied whichever policy decides."""

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predict the action of the first step function that names one, else nothing."""
        probabilities = self._default_predictions(domain)
        turn = Turn.of(tracker)
        if turn is None:
            return self._prediction(probabilities)
        noted = [event for note in self.notes for event in note(turn)]
        step = self._next_step(turn)
        if step is None:
            return self._prediction(probabilities, events=noted)
        probabilities[domain.index_for_action(step.action)] = 1.0
        # Rasa ranks "no user" predictions, which a running form makes, above any priority.
        return self._prediction(
            probabilities, events=noted, optional_events=step.events, is_no_user_prediction=True
        )

    def _next_step(self, turn: Turn) -> Step | None:
        step = next((step for decide in self.steps if (step := decide(turn))), None)
        return step or self._listen_after_own_words(turn)

    def _listen_after_own_words(self, turn: Turn) -> Step | None:
        """What this policy said ends the turn, unless a form goes on; no rule tells Rasa so."""
        said = turn.last_policy == type(self).__name__ and turn.last_action.startswith("utter_")
        return Step(ACTION_LISTEN_NAME) if said and not turn.active_form else None
