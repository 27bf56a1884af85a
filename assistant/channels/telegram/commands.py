"""The bot's commands: each stands for words that the assistant understands anyway."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.nlu.reading.spanish import Language


@dataclass(frozen=True)
class Command:
    """What a command says in the visitor's place, and how Telegram's menu describes it."""

    words: dict[Language, str]
    described: dict[Language, str]


COMMANDS = {
    "start": Command(
        {"en": "Hello", "es": "Hola"},
        {"en": "Start the conversation", "es": "Empezar la conversación"},
    ),
    "help": Command(
        {"en": "What can I ask you?", "es": "¿Qué le puedo preguntar?"},
        {"en": "What you can ask me", "es": "Qué me puede preguntar"},
    ),
    "privacy": Command(
        {"en": "What do you know about me?", "es": "¿Qué saben de mí?"},
        {"en": "What I keep about you", "es": "Qué guardo sobre usted"},
    ),
    "forget": Command(
        {"en": "Delete my data", "es": "Borre mis datos"},
        {"en": "Delete what I keep about you", "es": "Borrar lo que guardo sobre usted"},
    ),
}
# "/start", "/help@clinic_bot"; what a link to the bot puts after "/start" is not for people.
_COMMAND = re.compile(r"/(?P<name>[a-z]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)


def said_by(text: str, language: Language) -> str:
    """Return the words that a message stands for; `text` itself unless it is a command.

    Words after a command count instead of it: "/help I want to die" must be read. Only those
    after "/start" are dropped when they look like the payload of a deep link (one word).
    """
    match = _COMMAND.fullmatch(text.strip())
    if not match or match["name"] not in COMMANDS:
        return text
    rest = (match["rest"] or "").strip()
    if rest and not (match["name"] == "start" and re.fullmatch(r"[\w-]{1,64}", rest)):
        return rest
    return COMMANDS[match["name"]].words[language]


def menu(language: Language) -> list[dict[str, Any]]:
    """The menu as `setMyCommands` takes it."""
    return [
        {"command": name, "description": command.described[language]}
        for name, command in COMMANDS.items()
    ]
