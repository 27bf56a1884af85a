"""What the server says becomes text, and only known things become links."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import Visit
from tests.browser.questions import CRISIS, SIDE_EFFECTS

pytestmark = pytest.mark.server

ARTICLE = {"voice": "article", "language": "en"}


@pytest.fixture
def chat(chat: Chat) -> Chat:
    """A chat that is connected, so that the test can speak for the server."""
    chat.ask("Hello")
    return chat


def test_markup_is_shown_as_it_is_written(chat: Chat) -> None:
    text = '<img src="x" onerror="alert(1)"> <a href="https://example.com">here</a>'
    chat.line.say(text)
    answer = chat.answers.last
    expect(answer).to_contain_text(text)
    assert answer.locator("img, a").count() == 0


def test_only_pages_and_numbers_become_links(chat: Chat) -> None:
    links = [
        {"title": "Bad", "url": "javascript:alert(1)"},
        {"title": "Directions", "url": "https://maps.example.com/clinic"},
        {"title": "Call (480) 555-0100", "url": "tel:+14805550100"},
    ]
    text = (
        "See https://example.com or 988lifeline.org.\n\nBad: javascript:alert(1)\n"
        "Directions: https://maps.example.com/clinic\nCall (480) 555-0100"
    )
    chat.line.say(text, custom={"links": links, "language": "en"})
    expect(chat.answers.last).to_contain_text("lifeline")
    found = chat.answers.last.get_by_role("link").evaluate_all("(all) => all.map((a) => a.href)")
    assert found == ["https://maps.example.com/clinic", "tel:+14805550100"]


def test_numbers_in_a_sentence_can_be_called(chat: Chat) -> None:
    chat.line.say("Call SAMHSA, 1-800-662-4357, or (480) 555-0100. Your code is 4805550100.")
    expect(chat.answers.last).to_contain_text("SAMHSA")
    found = chat.answers.last.get_by_role("link").evaluate_all("(all) => all.map((a) => a.href)")
    assert found == ["tel:+18006624357", "tel:+14805550100"]


def test_each_source_leads_to_its_passage(chat: Chat) -> None:
    answer = chat.ask(SIDE_EFFECTS)
    answer.get_by_role("link", name="What Studies Say").click()
    heading = chat.page.get_by_role("heading", name="What Studies Say")
    expect(heading).to_be_in_viewport()
    expect(chat.panel).to_be_visible()


def test_a_source_that_the_text_does_not_name_is_named_below(chat: Chat) -> None:
    source = {"title": "What Is Ketamine?", "anchor": "what-is-ketamine"}
    chat.line.say("It is an anesthetic.", custom={**ARTICLE, "sources": [source]})
    expect(chat.answers.last.locator(".source")).to_have_text("Source: What Is Ketamine?")


def test_on_a_phone_the_panel_makes_way_for_the_passage(visit: Visit) -> None:
    chat = visit(viewport={"width": 375, "height": 700}).open()
    chat.ask(SIDE_EFFECTS).get_by_role("link", name="What Studies Say").click()
    expect(chat.panel).to_be_hidden()
    expect(chat.page.get_by_role("heading", name="What Studies Say")).to_be_in_viewport()


def test_a_safety_note_stands_apart(chat: Chat) -> None:
    answer = chat.ask(SIDE_EFFECTS)
    note = answer.locator(".note")
    expect(note).to_contain_text("Safety note:")
    expect(note).not_to_contain_text("Our article")


def test_a_crisis_reply_has_its_lines_one_tap_away(chat: Chat) -> None:
    answer = chat.ask(CRISIS)
    found = answer.get_by_role("link").evaluate_all("(all) => all.map((a) => a.href)")
    assert found == ["tel:988", "sms:988", "sms:741741?&body=HOME", "tel:911"]
    assert answer.get_by_role("button").count() == 0, "a crisis reply asks for no rating"
    expect(chat.replies).to_have_count(0)


def test_help_is_one_tap_away_before_anything_is_said(visit: Visit) -> None:
    chat = visit().open()
    for address in ("tel:988", "sms:988", "tel:911"):
        expect(chat.panel.locator(f'.help a[href="{address}"]')).to_be_in_viewport()
    expect(chat.panel).to_contain_text("Automated assistant, not a person. Not for emergencies.")
    expect(chat.answers.first).to_contain_text("call or text 988")


def test_spanish_help_has_the_spanish_lines(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate("document.querySelector('clinic-chat').lang = 'es-US'")
    chat.open()
    expect(chat.launcher).to_have_text("Haga una pregunta")
    expect(chat.panel.locator(".help").get_by_role("link")).to_have_text(
        ["Llamar al 988, luego 2", "Enviar AYUDA al 988", "Llamar al 911"]
    )
    expect(chat.panel.locator('a[href="sms:988?&body=AYUDA"]')).to_be_visible()
    expect(chat.answers.first).to_contain_text("asistente automático")


def test_a_reply_that_is_offered_twice_is_shown_once(chat: Chat) -> None:
    reply = {"content_type": "text", "title": "Cost", "payload": "How much is it?"}
    chat.line.say("First.", quick_replies=[reply])
    chat.line.say("Second.", quick_replies=[reply])
    expect(chat.answers.last).to_contain_text("Second.")
    expect(chat.replies.get_by_text("Cost")).to_have_count(1)


def test_answers_are_rated_and_greetings_are_not(chat: Chat) -> None:
    assert chat.answers.first.get_by_role("button").count() == 0
    answer = chat.ask(SIDE_EFFECTS)
    answer.get_by_role("button", name="Not helpful").click()
    expect(answer).to_contain_text("Thank you.")
    expect(answer.get_by_role("button", name="Helpful", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
