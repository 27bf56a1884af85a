"""The safety line, and what is left unsaid after a crisis, in a form, in public, to minors."""

from __future__ import annotations

import pytest

from assistant.responses.generator import ResponseGenerator
from tests.responses.conftest import Chat

LINE = "If any of this is about you or someone close right now: call or text 988, any time."
LINE_ES = "Si algo de esto le pasa a usted"


async def test_soft_message_gets_the_line(chat: Chat) -> None:
    chat.hears("my brother died by suicide", safety={"tier": "SOFT", "language": "en"})
    message = await chat.says("utter_faq/anxiety_causes")
    assert message["text"].endswith(f"\n\n{LINE}")


async def test_the_line_stays_after_a_crisis(chat: Chat) -> None:
    chat.set("crisis_seen", True)
    for name in ("utter_faq/anxiety_causes", "utter_thank", "utter_clinic/cost"):
        chat.hears("and this", safety={"tier": "NONE"})
        assert LINE in (await chat.says(name))["text"]


async def test_the_line_is_said_once_a_turn(chat: Chat) -> None:
    chat.hears("two things", safety={"tier": "SOFT"})
    assert LINE in (await chat.says("utter_faq/anxiety_causes"))["text"]
    assert LINE not in (await chat.says("utter_faq/side_effects"))["text"]


async def test_a_reply_that_names_the_lifeline_needs_no_line(chat: Chat) -> None:
    chat.hears("i am falling apart", safety={"tier": "SOFT"})
    assert LINE not in (await chat.says("utter_express_distress"))["text"]


async def test_the_line_in_spanish(chat: Chat) -> None:
    chat.hears("mi hermano se suicidó", safety={"tier": "SOFT", "language": "es"})
    assert LINE_ES in (await chat.says("utter_faq/anxiety_causes"))["text"]


@pytest.mark.parametrize(
    "name", ["utter_crisis", "utter_crisis_again", "utter_crisis_other_es", "utter_emergency"]
)
async def test_hard_replies_stand_alone(chat: Chat, name: str) -> None:
    chat.set("crisis_seen", True)
    chat.hears("x", safety={"tier": "HARD"})
    message = await chat.says(name)
    assert LINE not in message["text"]
    assert message["buttons"] == []
    assert message["custom"]["voice"] == "crisis"
    assert not message.get("offers")


@pytest.mark.parametrize(
    ("name", "language", "urgent"),
    [
        ("utter_crisis", "en", True),
        ("utter_crisis_again_es", "es", True),
        ("utter_emergency_on_purpose", "en", True),
        ("utter_crisis_safe", "en", None),
        ("utter_thank", "en", None),
    ],
)
async def test_clients_are_told_what_is_urgent(
    chat: Chat, name: str, language: str, urgent: bool | None
) -> None:
    custom = (await chat.says(name))["custom"]
    assert (custom["utter_action"], custom["language"]) == (name, language)
    assert custom.get("urgent") is urgent


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_reply_to_a_third_language_is_english_throughout(chat: Chat, language: str) -> None:
    chat.set("language", language)
    message = await chat.says("utter_other_language")
    assert "drop by the clinic" in message["text"]
    assert message["custom"]["language"] == "en"


async def test_a_crisis_is_never_answered_twice_in_the_same_words(chat: Chat) -> None:
    texts = [(await chat.says("utter_crisis_again"))["text"] for _ in range(2)]
    assert texts[0] != texts[1]


async def test_no_offer_after_a_crisis_unless_asked(chat: Chat) -> None:
    chat.set("crisis_seen", True)
    assert not (await chat.says("utter_clinic/cost"))["offers"]
    assert (await chat.says("utter_visit_clinic"))["offers"] == "callback"


async def test_no_offer_and_no_buttons_inside_the_form(chat: Chat) -> None:
    chat.start_form()
    message = await chat.says("utter_clinic/cost")
    assert not message["offers"]
    assert message["buttons"] == []
    assert "call you back" not in message["text"]


async def test_no_offer_to_minors(chat: Chat) -> None:
    chat.set("under_18", True)
    message = await chat.says("utter_clinic/cost")
    assert not message["offers"]
    assert "Contact me" not in [button["title"] for button in message["buttons"]]


@pytest.mark.parametrize("channel", ["messenger", "telegram"])
async def test_no_offer_where_it_is_not_private(generator: ResponseGenerator, channel: str) -> None:
    chat = Chat(generator, f"{channel}:123")
    for name in ("utter_clinic/cost", "utter_visit_clinic", "utter_clinic/contact"):
        message = await chat.says(name)
        assert not message["offers"]
        assert "call you back" not in message["text"]
        assert "reach you" not in message["text"]
    offer = await chat.says("utter_offer_callback")
    assert "isn't private enough" in offer["text"]
    assert not offer.get("offers")
