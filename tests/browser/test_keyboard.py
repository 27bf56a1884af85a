"""Everything with the keyboard alone, and the focus always where one expects it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chat import NARROW, PHONE, Chat
from tests.browser.conftest import Visit
from tests.browser.questions import SIDE_EFFECTS

pytestmark = pytest.mark.server
_MOST_STOPS = 60
_OUTLINE = """() => {
  const outer = document.activeElement;
  const element = outer.shadowRoot?.activeElement ?? outer;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
}"""


def tab_to(chat: Chat, name: str, key: str = "Tab") -> None:
    """Press `key` until the element with this class, id or tag has the focus."""
    for _ in range(_MOST_STOPS):
        chat.page.keyboard.press(key)
        assert chat.page.evaluate(_OUTLINE) >= 2, f"no visible focus on {chat.focused}"
        if name in chat.focused.split():
            return
    raise AssertionError(f"{name} cannot be reached with {key}")


def test_a_question_is_asked_rated_and_left_with_keys_alone(visit: Visit) -> None:
    chat = visit(viewport=NARROW)
    keys = chat.page.keyboard
    tab_to(chat, "launcher")
    expect(chat.launcher).to_have_attribute("aria-expanded", "false")
    keys.press("Enter")
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    assert chat.focused == "question"

    keys.type(SIDE_EFFECTS)
    keys.press("Enter")
    expect(chat.log).to_contain_text("dizziness")
    assert chat.focused == "question", "the answer took the focus away"

    tab_to(chat, "up", "Shift+Tab")
    keys.press("Space")
    expect(chat.button("Helpful")).to_have_attribute("aria-pressed", "true")
    tab_to(chat, "passage", "Shift+Tab")
    keys.press("Enter")
    expect(chat.page).to_have_url(re.compile("/article#w"))

    tab_to(chat, "question")
    keys.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_have_attribute("aria-expanded", "false")
    assert chat.focused == "launcher"


def test_a_quick_reply_leaves_the_focus_where_typing_goes_on(chat: Chat) -> None:
    chat.replies.first.focus()
    chat.page.keyboard.press("Enter")
    assert chat.focused == "question"
    expect(chat.log).to_contain_text("How does ketamine work?")


def test_shift_and_enter_starts_a_line(chat: Chat) -> None:
    chat.field.press_sequentially("one")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("two")
    expect(chat.field).to_have_value("one\ntwo")
    expect(chat.log.locator(".visitor")).to_have_count(0)


def test_on_a_phone_the_page_behind_cannot_be_reached(visit: Visit) -> None:
    chat = visit(viewport=PHONE).open()
    for _ in range(15):
        chat.page.keyboard.press("Tab")
        outside = "document.activeElement.localName !== 'clinic-chat' && document.hasFocus()"
        on_page = chat.page.evaluate(f"{outside} && document.activeElement !== document.body")
        assert not on_page, "the focus is on something that the panel covers"


def test_escape_takes_back_the_question_before_it_closes_the_panel(chat: Chat) -> None:
    chat.button("Forget me").click()
    asked = chat.page.get_by_role("alertdialog")
    expect(asked).to_be_visible()
    assert chat.focused == "no"
    chat.page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(chat.panel).to_be_visible()
    assert chat.focused == "tool"
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


def test_a_link_on_the_page_opens_the_chat_and_gets_the_focus_back(visit: Visit) -> None:
    chat = visit().close()
    chat.page.get_by_role("link", name="Ask a question").click()
    expect(chat.panel).to_be_visible()
    chat.page.keyboard.press("Escape")
    assert chat.focused == "button"


def test_turning_the_phone_keeps_what_is_written(visit: Visit) -> None:
    chat = visit(viewport=PHONE).open()
    chat.field.fill("half a question")
    chat.page.set_viewport_size({"width": 900, "height": 700})
    expect(chat.panel).to_be_visible()
    expect(chat.field).to_have_value("half a question")
    assert chat.focused == "question"
