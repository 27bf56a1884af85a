"""A conversation survives reloads and broken connections; nothing written is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import NARROW, Chat
from tests.browser.conftest import Visit
from tests.browser.questions import COST, SIDE_EFFECTS

pytestmark = pytest.mark.server


def test_a_reload_keeps_everything_and_moves_no_focus(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.button("Helpful").click()
    chat.field.fill("half a question")
    before = chat.log.inner_text()

    chat.page.reload()
    expect(chat.panel).to_be_visible()
    expect(chat.field).to_have_value("half a question")
    expect(chat.button("Helpful")).to_have_attribute("aria-pressed", "true")
    assert chat.log.inner_text() == before.replace("Thank you.", "").rstrip()
    assert chat.focused == "body"

    expect(chat.ask(COST)).to_contain_text("cost")


def test_an_answer_that_comes_during_a_reload_is_not_lost(chat: Chat) -> None:
    chat.line.hold()
    chat.send(SIDE_EFFECTS)
    chat.line.wait_until_held()
    chat.line.lose()
    chat.page.reload()
    expect(chat.log).to_contain_text("dizziness")
    expect(chat.answers).to_have_count(2)


def test_a_message_that_comes_twice_is_shown_once(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    for _ in range(2):
        chat.line.say("The same again.", id="same")
    chat.line.say("The last.")
    expect(chat.log).to_contain_text("The last.")
    expect(chat.log.get_by_text("The same again.")).to_have_count(1)


def test_what_is_written_without_connection_is_sent_when_it_is_back(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.line.cut()
    state = chat.panel.locator(".state").first
    expect(state).to_contain_text("The connection is lost.")
    chat.send(COST)
    expect(chat.log).to_contain_text("Not sent yet")
    chat.page.reload()
    expect(chat.log).to_contain_text("Not sent yet")
    chat.line.mend()
    expect(chat.log).to_contain_text("can tell you")
    expect(chat.log).not_to_contain_text("Not sent yet")
    expect(chat.log.get_by_text(COST)).to_have_count(1)
    expect(state).to_be_empty()


def test_being_offline_is_told(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    state = chat.panel.locator(".state").first
    chat.page.context.set_offline(True)
    expect(state).to_contain_text("You are offline.")
    chat.page.context.set_offline(False)
    expect(state).to_be_empty()


def test_the_client_is_loaded_only_when_the_chat_opens(visit: Visit) -> None:
    chat = visit(viewport=NARROW)
    loaded = "performance.getEntries().filter((e) => e.name.includes('socket.io')).length"
    assert chat.page.evaluate(loaded) == 0
    chat.open()
    chat.page.wait_for_function(f"{loaded} > 0")


def test_a_client_that_cannot_be_loaded_is_told_and_tried_again(visit: Visit) -> None:
    chat = visit(viewport=NARROW)
    client = "**/socket.io.esm.min.js*"
    chat.page.route(client, lambda route: route.abort())
    chat.open().send(SIDE_EFFECTS)
    expect(chat.panel).to_contain_text("The connection is lost.")
    chat.page.unroute(client)
    expect(chat.log).to_contain_text("dizziness")


def test_a_text_that_is_too_long_is_counted_answered_and_kept(chat: Chat) -> None:
    chat.field.fill("a" * 900)
    expect(chat.panel).to_contain_text("100 characters left")
    text = "What are the side effects? " * 40
    chat.field.fill(text)
    expect(chat.panel).to_contain_text("79 characters over the limit of 1,000")
    chat.field.press("Enter")
    expect(chat.answers.last).to_contain_text("too long")
    expect(chat.field).to_have_value(text)


def test_danger_in_a_text_that_is_too_long_is_seen(chat: Chat) -> None:
    chat.send("I can't go on, I want to kill myself. " + "Nobody would miss me. " * 50)
    expect(chat.answers.last.get_by_role("link", name="Call 988")).to_be_visible()


def test_start_over_begins_an_empty_conversation(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.button("Start over").click()
    expect(chat.panel).to_contain_text("A new conversation has started.")
    expect(chat.log).not_to_contain_text("dizziness")
    expect(chat.answers).to_have_count(1)
    assert "dizziness" not in chat.page.evaluate("JSON.stringify(sessionStorage)")
    chat.ask(COST)


def test_forget_me_deletes_after_asking(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.button("Forget me").click()
    chat.button("Keep it").click()
    expect(chat.log).to_contain_text("dizziness")
    chat.button("Forget me").click()
    chat.button("Delete it").click()
    expect(chat.panel).to_contain_text("deleted")
    expect(chat.log).not_to_contain_text("dizziness")
    assert "dizziness" not in chat.page.evaluate("JSON.stringify(sessionStorage)")


def test_forgetting_without_connection_says_that_nothing_happened(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.line.cut()
    expect(chat.panel).to_contain_text("The connection is lost.")
    chat.button("Forget me").click()
    chat.button("Delete it").click()
    expect(chat.panel).to_contain_text("That didn't work")
    expect(chat.log).to_contain_text("dizziness")


def test_a_message_to_a_closed_panel_is_told_on_the_button(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    chat.page.keyboard.press("Escape")
    chat.line.say("One more thing.")
    expect(chat.launcher).to_contain_text("1 new message")
    chat.open()
    expect(chat.launcher).not_to_contain_text("new message")


def test_another_tab_knows_nothing(chat: Chat) -> None:
    chat.ask(SIDE_EFFECTS)
    other = Chat(chat.page.context.new_page())
    other.page.goto(chat.page.url)
    other.open()
    expect(other.answers).to_have_count(1)
