"""axe-core has nothing to say, whatever the chat shows, in every look."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chat import PHONE, Chat
from tests.browser.conftest import Visit
from tests.browser.questions import CONTACT, CRISIS, SIDE_EFFECTS, SPANISH

pytestmark = pytest.mark.server

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "dark phone": {"viewport": PHONE, "color_scheme": "dark"},
    "zoomed": {"viewport": {"width": 640, "height": 400}},
}


class Examiner:
    """Notes what axe finds in each state."""

    def __init__(self, chat: Chat) -> None:
        self._page = chat.page
        self.findings: list[str] = []

    def look(self, state: str) -> None:
        results = Axe().run(self._page)
        for violation in results.response["violations"]:
            nodes = "; ".join(f"{n['target']}: {n['failureSummary']}" for n in violation["nodes"])
            self.findings.append(f"{state}: {violation['id']}: {nodes}")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(visit: Visit, look: str) -> None:
    chat = visit(reduced_motion="reduce", **LOOKS[look])
    examiner = Examiner(chat)
    examiner.look("as found")
    chat.close()
    examiner.look("closed")
    chat.open()
    examiner.look("open")

    chat.line.hold()
    chat.send(SIDE_EFFECTS)
    expect(chat.typing).not_to_be_empty()
    examiner.look("typing")
    chat.line.release()
    expect(chat.log).to_contain_text("dizziness")
    examiner.look("answer")
    chat.button("Not helpful").click()
    examiner.look("rated")

    chat.ask(CONTACT)
    examiner.look("form")
    chat.ask(CRISIS)
    examiner.look("crisis")

    chat.button("Forget me").click()
    examiner.look("asked before deleting")
    chat.button("Keep it").click()
    chat.field.fill("a" * 1001)
    examiner.look("too long")
    chat.line.cut()
    chat.send("hello")
    expect(chat.log).to_contain_text("Not sent yet")
    examiner.look("connection lost")

    assert examiner.findings == []


def test_axe_finds_nothing_in_spanish(visit: Visit) -> None:
    chat = visit(reduced_motion="reduce").open()
    examiner = Examiner(chat)
    chat.ask(SPANISH)
    expect(chat.panel.get_by_role("heading", name="Pregunte a la clínica")).to_be_visible()
    examiner.look("Spanish answer")
    chat.ask("Me quiero matar")
    examiner.look("Spanish crisis")
    assert examiner.findings == []


def test_everything_to_press_is_large_enough(visit: Visit) -> None:
    chat = visit(viewport=PHONE).open()
    chat.ask(SIDE_EFFECTS)
    chat.ask(CRISIS)
    small = chat.page.evaluate(
        """() => {
          const root = document.querySelector("clinic-chat").shadowRoot;
          const shown = [...root.querySelectorAll("a:not(.source a), button, textarea")].filter(
            (element) => element.checkVisibility(),
          );
          const least = (element) => (element.matches(".line") ? 44 : 24);
          return shown.filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            return Math.min(width, height) < least(element);
          }).map((element) => element.outerHTML);
        }"""
    )
    assert small == []


@pytest.mark.parametrize("width, height", [(320, 640), (320, 256), (640, 400)])
def test_nothing_has_to_be_scrolled_sideways(visit: Visit, width: int, height: int) -> None:
    """320 pixels are 1,280 at 400 percent, 640 at 200."""
    chat = visit(viewport={"width": width, "height": height})
    is_wide = "(e) => e.scrollWidth > e.clientWidth"
    assert not chat.page.evaluate(f"({is_wide})(document.documentElement)")
    chat.open()
    chat.ask(CRISIS)
    assert not chat.panel.evaluate(is_wide)
    assert not chat.panel.locator(".scroller").evaluate(is_wide)
    chat.field.scroll_into_view_if_needed()
    expect(chat.field).to_be_in_viewport()


def test_nothing_moves_for_those_who_asked_for_stillness(visit: Visit) -> None:
    running = "(e) => e.getAnimations({ subtree: true }).length"
    for motion, moves in (("no-preference", True), ("reduce", False)):
        chat = visit(reduced_motion=motion).open()
        chat.line.hold()
        chat.send(SIDE_EFFECTS)
        expect(chat.typing).not_to_be_empty()
        assert bool(chat.panel.evaluate(running)) is moves
        scroller = chat.panel.locator(".scroller")
        scrolling = scroller.evaluate("(e) => getComputedStyle(e).scrollBehavior")
        assert scrolling == ("smooth" if moves else "auto")
