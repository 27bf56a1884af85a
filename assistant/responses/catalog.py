"""The responses of domain.yml, ready to choose from.

Lenient on purpose: a mistake in one response must not take the others down.
`python -m assistant.content.validate` is the strict reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.content.problems import ContentError, Problem

UTTER = "utter_"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Metadata that belongs to one variation; the rest of the first one's holds for all.
_OWN = {"needs"}


@dataclass(frozen=True)
class Variation:
    """One wording of a response."""

    index: int
    text: str
    raw: Mapping[str, Any]
    metadata: Mapping[str, Any]
    """Its own metadata over that of the first variation (`needs` is never handed down)."""

    def names(self, key: str) -> list[str]:
        """A metadata value that is a list of names."""
        return names_in(self.metadata, key)

    @cached_property
    def follow_ups(self) -> Mapping[str, Any]:
        """Which topics go on from it (`more`) and give its reasons (`why`)."""
        value = self.metadata.get("follow_ups")
        return value if isinstance(value, dict) else {}

    @cached_property
    def needs(self) -> frozenset[str]:
        """Facts without which this wording is not used."""
        return frozenset(self.names("needs"))

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Names in braces in its text."""
        return frozenset(PLACEHOLDER.findall(self.text))


@dataclass(frozen=True)
class Topic:
    """How a response is named to visitors: the title, and the question that a tap on it asks."""

    label: str
    title: str
    question: str
    group: str


@dataclass(frozen=True)
class Catalog:
    """All responses by name."""

    raw: Mapping[str, list[dict[str, Any]]]
    variations: Mapping[str, tuple[Variation, ...]]
    topics: Mapping[str, Topic]
    """By label: `faq/safety`, `visit_clinic`."""

    def eligible(self, name: str, channel: str, slots: Mapping[str, Any]) -> list[Variation]:
        """The variations of a response that Rasa's `channel` and `condition` keys allow."""
        if name not in self.variations:
            return []
        allowed = self._filter.responses_for_utter_action(name, channel, dict(slots))
        identities = {id(raw) for raw in allowed}
        return [one for one in self.variations[name] if id(one.raw) in identities]

    @cached_property
    def _filter(self) -> ResponseVariationFilter:
        return ResponseVariationFilter(dict(self.raw))


def load_catalog(path: Path) -> Catalog:
    """Read the responses of a domain file, quickly and without line numbers.

    Raises:
        ContentError: if the file cannot be read or holds no responses.
    """
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError) as error:
        raise ContentError([Problem(path, 1, f"cannot be read: {error}")]) from error
    responses = data.get("responses") if isinstance(data, dict) else None
    if not isinstance(responses, dict) or not responses:
        raise ContentError([Problem(path, 1, "holds no responses")])
    return catalog_of(responses)


def catalog_of(responses: Mapping[str, Any]) -> Catalog:
    """Build the catalog from the `responses` of a domain."""
    raw: dict[str, list[dict[str, Any]]] = {}
    variations: dict[str, tuple[Variation, ...]] = {}
    topics: dict[str, Topic] = {}
    for name, entries in responses.items():
        usable = usable_entries(entries)
        if not usable or not isinstance(name, str):
            continue
        raw[name] = usable
        variations[name] = tuple(_variations(usable))
        if topic := _topic(name, variations[name][0].metadata):
            topics[topic.label] = topic
    return Catalog(raw, variations, topics)


def usable_entries(entries: object) -> list[dict[str, Any]]:
    """The wordings of a response, without what cannot be one."""
    return [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []


def names_in(metadata: Mapping[str, Any], key: str) -> list[str]:
    """A metadata value that is a list of names; anything else counts as none."""
    value = metadata.get(key)
    return [str(name) for name in value] if isinstance(value, list) else []


def _variations(entries: list[dict[str, Any]]) -> list[Variation]:
    shared = {key: value for key, value in _metadata(entries[0]).items() if key not in _OWN}
    return [
        Variation(index, str(entry.get("text") or ""), entry, {**shared, **_metadata(entry)})
        for index, entry in enumerate(entries)
    ]


def _metadata(entry: Mapping[str, Any]) -> dict[str, Any]:
    value = entry.get("metadata")
    return dict(value) if isinstance(value, dict) else {}


def _topic(name: str, metadata: Mapping[str, Any]) -> Topic | None:
    title, question = metadata.get("title"), metadata.get("question")
    if not title or not question:
        return None
    group = str(metadata.get("group") or "")
    return Topic(name.removeprefix(UTTER), str(title), str(question), group)
