"""Asks the trained model what it would do with texts, many at once, as the server does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.settings import MODELS

CLARIFY = "clarify"
FALLBACK = "fallback"
_BATCH = 256


@dataclass(frozen=True)
class Understanding:
    """What became of one text."""

    text: str
    ranking: list[tuple[str, float]]
    """Up to three topics with their probability, best first."""
    answered: list[str]
    """Labels whose answers the visitor would get; or `clarify`, or `fallback`."""
    tier: str
    """The safety gate's tier."""
    rules: list[str]
    """Ids of the safety rules that hit."""

    @property
    def predicted(self) -> str:
        """The label in the first place: the gate's when it interrupts, else the classifier's."""
        return self.answered[0] if self.tier == "HARD" else self.ranking[0][0]


class Understands(Protocol):
    """What evaluations need of a model."""

    def understand(self, texts: Sequence[str]) -> list[Understanding]:
        """Return what became of each text."""


class Model:
    """The NLU half of a trained Rasa model."""

    def __init__(self, archive: Path = MODELS / "assistant.tar.gz") -> None:
        """Load the model.

        Raises:
            FileNotFoundError: if there is no trained model.
        """
        if not archive.is_file():
            raise FileNotFoundError(f"{archive} is missing; run `make train`")
        agent = Agent.load(str(archive))
        assert agent.processor is not None  # noqa: S101  (Rasa raises when it cannot load)
        self._runner = agent.processor.graph_runner
        self._target = agent.processor.model_metadata.nlu_target

    def understand(self, texts: Sequence[str]) -> list[Understanding]:
        """Run the NLU graph of the trained model over the texts, in batches."""
        result: list[Understanding] = []
        for start in range(0, len(texts), _BATCH):
            batch = [UserMessage(text) for text in texts[start : start + _BATCH]]
            tracker = DialogueStateTracker.from_events("evaluation", [])
            inputs = {PLACEHOLDER_MESSAGE: batch, PLACEHOLDER_TRACKER: tracker}
            messages = self._runner.run(inputs, targets=[self._target])[self._target]
            result += [_understanding(m.as_dict(only_output_properties=True)) for m in messages]
        return result


def _understanding(parsed: dict[str, Any]) -> Understanding:
    safety = parsed["safety"]
    tier = safety["tier"]
    if tier == "HARD":
        answered = [parsed["intent"]["name"]]
    else:
        answered = parsed["answers"] or [CLARIFY if parsed.get("suggestions") else FALLBACK]
    ranking = [(guess["name"], guess["confidence"]) for guess in parsed["topic_ranking"]]
    return Understanding(parsed["text"], ranking, answered, tier, safety["rules"])
