"""Commands are words; only those after /start are not for people."""

from __future__ import annotations

import pytest

from assistant.channels.telegram.commands import COMMANDS, menu, said_by


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/start", "Hello"),
        ("/start d2l0aC1hLXBheWxvYWQ", "Hello"),
        ("/start@clinic_bot", "Hello"),
        ("/help", "What can I ask you?"),
        ("/help@clinic_bot", "What can I ask you?"),
        (" /privacy ", "What do you know about me?"),
        ("/forget", "Delete my data"),
        ("/unknown", "/unknown"),
        ("/Start", "/Start"),
        ("what does it cost?", "what does it cost?"),
        ("/help I want to die", "I want to die"),
        ("/start I want to die", "I want to die"),
        ("/starting", "/starting"),
        ("and/or /help", "and/or /help"),
    ],
)
def test_what_a_message_stands_for(text: str, words: str) -> None:
    assert said_by(text, "en") == words


def test_spanish_telegram_speaks_spanish() -> None:
    assert said_by("/forget", "es") == "Borre mis datos"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_menu_names_every_command(language: str) -> None:
    shown = menu(language)  # type: ignore[arg-type]
    assert [entry["command"] for entry in shown] == list(COMMANDS)
