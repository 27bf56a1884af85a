"""How likely a message is one of a person in danger, learnt from examples.

Rules know wordings; this knows what is near to them in meaning. It may raise
what the rules found, never lower it: a two-stage screen as in npj Digital
Medicine 2023, s41746-023-00951-3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.nlu.memory import Memory
from assistant.nlu.safety.rules import load_rules
from assistant.nlu.safety.screen import screen
from assistant.nlu.topics.evidence import Encode
from assistant.nlu.topics.model import TopicModel

CRISIS = "crisis"
EMERGENCY = "medical_emergency"
DISTRESS = "express_distress"
NONE = "none"
_DANGERS = (CRISIS, EMERGENCY, DISTRESS)
_MEANING_WEIGHT = 8.0


class DangerModel:
    """Chances of crisis, emergency, distress and none of them."""

    def __init__(self) -> None:
        self.model = TopicModel(meaning_weight=_MEANING_WEIGHT)

    def fit(self, examples: Iterable[tuple[str, str]], encode: Encode) -> DangerModel:
        """Learn from (text, intent) pairs and from the examples of the crisis rules."""
        pairs = [(text, intent if intent in _DANGERS else NONE) for text, intent in examples]
        pairs += _rule_examples()
        texts, labels = zip(*dict(pairs).items(), strict=True)
        self.model.fit(texts, labels, encode)
        return self

    @property
    def memory(self) -> Memory:
        """What the model remembers."""
        return self.model.memory

    def chances(self, texts: Sequence[str], encode: Encode) -> list[dict[str, float]]:
        """Return for each text the probability of each of the four labels."""
        rows = self.model.probabilities(texts, encode)
        return [dict(zip(self.model.labels, map(float, row), strict=True)) for row in rows]


def _rule_examples() -> list[tuple[str, str]]:
    """What the rules' own examples teach: danger (SOFT: distress), and what only sounds like it."""
    rules = load_rules().rules
    harmless = [text for rule in rules for text in rule.negative if screen(text).tier == "NONE"]
    return [
        *((text, NONE) for text in harmless),
        *((text, _label(rule.tier, rule.kind)) for rule in rules for text in rule.positive),
    ]


def _label(tier: str, kind: str) -> str:
    if tier == "SOFT":
        return DISTRESS
    return EMERGENCY if kind == "emergency" else CRISIS
