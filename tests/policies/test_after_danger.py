"""What may be about dying when it is asked right after a crisis reply."""

from __future__ import annotations

import pytest

from assistant.policies.after_danger import may_be_about_dying


@pytest.mark.parametrize(
    "text",
    [
        "does it hurt", "Will it be quick?", "how long does it take", "how many",
        "how much is enough",
        "is that painful", "what does it feel like", "would it work", "¿duele?", "me va a doler",
        "cuánto tarda", "es rápido?",
    ],
)  # fmt: skip
def test_it_leaves_open_what_it_is_about(text: str) -> None:
    assert may_be_about_dying(text)


@pytest.mark.parametrize(
    "text",
    [
        "does the treatment hurt", "how much does it cost", "what time do you open", "is it you",
        "where is the clinic", "i called 988", "thank you", "ok", "it was only a joke",
        "can ketamine help with this", "cuánto cuesta",
        "i read the article and i would like to know if it is something for my mother",
    ],
)  # fmt: skip
def test_it_names_what_it_is_about_or_asks_nothing(text: str) -> None:
    assert not may_be_about_dying(text)
