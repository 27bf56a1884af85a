"""The greeting and the menu, from profile.yml, within Messenger's limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, conlist, constr

from assistant.channels.text_limits import units
from assistant.content.yaml_files import parse, read_yaml

FILE = Path(__file__).with_name("profile.yml")
MAX_GREETING = 160
_Words = constr(strip_whitespace=True, min_length=1, max_length=1_000)


class GreetingTooLong(Exception):
    """The greeting with the clinic's name in it does not fit."""


class MenuItem(BaseModel, extra=Extra.forbid):
    """An item of the persistent menu."""

    title: constr(min_length=1, max_length=30)  # type: ignore[valid-type]
    says: _Words  # type: ignore[valid-type]


class Texts(BaseModel, extra=Extra.forbid):
    """What people of one language see."""

    locale: str
    greeting: _Words  # type: ignore[valid-type]
    menu: conlist(MenuItem, min_items=1, max_items=3)  # type: ignore[valid-type]


class ProfileTexts(BaseModel, extra=Extra.forbid):
    """All of profile.yml."""

    get_started: _Words  # type: ignore[valid-type]
    locales: conlist(Texts, min_items=1)  # type: ignore[valid-type]


def profile(clinic_name: str, file: Path = FILE) -> dict[str, Any]:
    """Return the profile as `me/messenger_profile` takes it.

    Raises:
        assistant.content.problems.ContentError: naming the line of what does not fit.
        GreetingTooLong: if the clinic's name is too long for a greeting.
    """
    texts = parse(ProfileTexts, file, read_yaml(file))
    return {
        "get_started": {"payload": texts.get_started},
        "greeting": [
            {"locale": each.locale, "text": _greeting(each, clinic_name)} for each in texts.locales
        ],
        "persistent_menu": [
            {
                "locale": each.locale,
                "composer_input_disabled": False,
                "call_to_actions": [
                    {"type": "postback", "title": item.title, "payload": item.says}
                    for item in each.menu
                ],
            }
            for each in texts.locales
        ],
    }


def _greeting(texts: Texts, clinic_name: str) -> str:
    greeting = str(texts.greeting).replace("{clinic_name}", clinic_name)
    if (length := units(greeting)) > MAX_GREETING:
        raise GreetingTooLong(
            f"the greeting for {texts.locale} has {length} characters with the clinic's name, "
            f"and {MAX_GREETING} are allowed"
        )
    return greeting
