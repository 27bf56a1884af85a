"""Messages that refer to the answer before: does the reply fit it?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, Protocol

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.utils.endpoints import EndpointConfig

from assistant.content.problems import ContentError
from assistant.responses.book import Files
from assistant.responses.catalog import UTTER, Catalog, load_catalog
from assistant.responses.generator import ResponseGenerator
from assistant.settings import MODELS, ROOT
from evaluation.tables import TableError, read_table, write_json, write_table

_HEADER = ("previous", "text", "label")
_BARE = {"more": "follow_up_more", "why": "follow_up_why"}
_NOT_ANSWERED = {"clarify", "offer_person", "out_of_scope", "follow_up_what"}


class Talks(Protocol):
    """What this evaluation needs of an assistant."""

    def reply(self, messages: Sequence[str]) -> list[str]:
        """Hold a conversation; return the names of the responses to its last message."""


class Conversations:
    """The trained assistant as the server runs it, without a database and an action server."""

    def __init__(self, archive: Path = MODELS / "assistant.tar.gz") -> None:
        """Load the model.

        Raises:
            FileNotFoundError: if there is no trained model.
        """
        if not archive.is_file():
            raise FileNotFoundError(f"{archive} is missing; run `make train`")
        name = f"{ResponseGenerator.__module__}.{ResponseGenerator.__name__}"
        endpoints = AvailableEndpoints(nlg=EndpointConfig(type=name))
        self._loop = asyncio.new_event_loop()
        self._agent: Agent = self._loop.run_until_complete(
            load_agent(str(archive), endpoints=endpoints)
        )
        self._held = 0

    def reply(self, messages: Sequence[str]) -> list[str]:
        """Hold a conversation of its own, through Rasa's processor."""
        self._held += 1
        return self._loop.run_until_complete(self._talk(messages, f"rest:{self._held}"))

    async def _talk(self, messages: Sequence[str], sender: str) -> list[str]:
        for message in messages:
            await self._agent.handle_message(
                UserMessage(message, CollectingOutputChannel(), sender, input_channel="rest")
            )
        tracker = await self._agent.tracker_store.retrieve(sender)
        newest = takewhile(
            lambda event: not isinstance(event, UserUttered), reversed(tracker.events)
        )
        said = [event for event in newest if isinstance(event, BotUttered)][::-1]
        return [str(event.metadata.get("utter_action")).removeprefix(UTTER) for event in said]


def evaluate_follow_ups(assistant: Talks, file: Path, out: Path) -> dict[str, Any]:
    """Write predictions.tsv and summary.json for `previous<TAB>text<TAB>label`.

    `previous` is the topic answered before; `label` what the text then asks for: acceptable
    labels joined by `|`, or `more` or `why` for words that name no topic.

    Returns:
        n, and shares: right; wrong, another answer; unanswered, asked back or not understood;
        topics_right and bare_right, of those with a topic of their own and of the others;
        alone_right, of those with a topic when nothing was asked before.

    Raises:
        TableError: if the table cannot be read, or names a topic that has no answer.
    """
    rows = read_table(file, _HEADER)
    catalog = _catalog()
    lines = []
    for number, (previous, text, label) in enumerate(rows, start=2):
        topic = catalog.topics.get(previous)
        if topic is None:
            raise TableError(f"{file}:{number}: {previous} is no topic")
        wanted = _wanted(catalog, previous, label)
        replies = assistant.reply([topic.question, text])
        alone = "" if label in _BARE else _result(assistant.reply([text]), wanted)
        lines.append((previous, text, label, "|".join(replies), _result(replies, wanted), alone))
    out.mkdir(parents=True, exist_ok=True)
    write_table(out / "predictions.tsv", (*_HEADER, "replies", "result", "alone"), lines)
    summary = _summary(lines)
    write_json(out / "summary.json", summary)
    return summary


def _catalog() -> Catalog:
    try:
        return load_catalog(Files.under(ROOT).domain)
    except ContentError as error:
        raise TableError(str(error)) from error


def _wanted(catalog: Catalog, previous: str, label: str) -> set[str]:
    """Names of the responses that are right."""
    if label not in _BARE:
        return set(label.split("|"))
    continued = catalog.variations[UTTER + previous][0].follow_ups.get(label) or ()
    return {str(next(iter(continued), _BARE[label]))}


def _result(replies: Sequence[str], wanted: set[str]) -> str:
    if wanted.intersection(replies):
        return "right"
    return "unanswered" if _NOT_ANSWERED.issuperset(replies) else "wrong"


def _summary(lines: Sequence[Sequence[str]]) -> dict[str, Any]:
    results = [line[4] for line in lines]
    bare = [line[4] for line in lines if line[2] in _BARE]
    topics = [line for line in lines if line[2] not in _BARE]
    return {
        "n": len(lines),
        **{name: _share(results, name) for name in ("right", "wrong", "unanswered")},
        "topics_right": _share([line[4] for line in topics], "right"),
        "bare_right": _share(bare, "right"),
        "alone_right": _share([line[5] for line in topics], "right"),
    }


def _share(results: Sequence[str], name: str) -> float:
    return round(results.count(name) / len(results), 4) if results else 0.0
