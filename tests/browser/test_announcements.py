"""What people hear who do not see the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.announcements import announced, listen, live_regions
from tests.browser.chat import Chat
from tests.browser.questions import CRISIS, SIDE_EFFECTS

pytestmark = pytest.mark.server


def test_the_regions_are_there_before_anything_is_said(chat: Chat) -> None:
    assert {("log", "polite"), ("status", "polite"), ("alert", "assertive")} <= live_regions(
        chat.page
    )


def test_an_answer_is_said_once_and_politely(chat: Chat) -> None:
    listen(chat.page)
    chat.ask(SIDE_EFFECTS)
    said = announced(chat.page)
    assert said.assertive == []
    assert [text for text in said.polite if "dizziness" in text] != []
    assert len([text for text in said.polite if "dizziness" in text]) == 1
    assert f"You:{SIDE_EFFECTS}" in said.polite
    assert "The assistant is writing." in said.polite


def test_a_crisis_reply_is_said_once_and_at_once(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    listen(chat.page)
    chat.ask(CRISIS)
    said = announced(chat.page)
    assert len(said.assertive) == 1
    assert "988" in said.assertive[0]
    assert "741741" in said.assertive[0]
    assert not [text for text in said.polite if "741741" in text]
    chat.ask(SIDE_EFFECTS)
    expect(chat.panel.get_by_role("alert")).to_be_empty()


def test_what_became_of_a_message_is_said_without_the_message(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.line.cut()
    expect(chat.panel).to_contain_text("The connection is lost.")
    chat.send("Is it safe?")
    listen(chat.page)
    chat.line.mend()
    expect(chat.log).not_to_contain_text("Not sent yet")
    expect(chat.typing).to_be_empty()
    assert not [text for text in announced(chat.page).polite if "Is it safe?" in text]


def test_a_limit_is_said_when_it_is_passed(chat: Chat) -> None:
    listen(chat.page)
    chat.field.fill("a" * 1012)
    assert "12 characters over the limit" in "".join(announced(chat.page).polite)


def test_labels_change_their_language_without_repeating_the_conversation(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    listen(chat.page)
    chat.line.say("Nuestro artículo dice algo.", custom={"language": "es", "voice": "article"})
    expect(chat.panel.get_by_role("heading", name="Pregunte a la clínica")).to_be_visible()
    expect(chat.panel).to_have_attribute("lang", "es")
    assert not [text for text in announced(chat.page).polite if "dizziness" in text]
