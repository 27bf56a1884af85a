"""The chat as a visitor finds it on a page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.line import Line

DESKTOP = {"width": 1280, "height": 800}
# The chat stands beside the page, but begins closed.
NARROW = {"width": 900, "height": 800}
PHONE = {"width": 320, "height": 640}


class Chat:
    """Finds things by role and name, and says things."""

    def __init__(self, page: Page) -> None:
        """Wrap a page that shows, or will show, <clinic-chat>."""
        self.page = page
        self.line = Line(page)
        self.launcher = page.locator("clinic-chat .launcher")
        self.panel = page.get_by_role("dialog")
        self.field = self.panel.get_by_role("textbox")
        self.log = self.panel.get_by_role("log")
        self.answers = self.log.locator(".assistant")
        self.replies = self.panel.locator(".replies button")
        self.typing = self.panel.locator(".typing")

    def open(self) -> Chat:
        """Press the launcher, or go to the field of a chat that is open already."""
        if self.launcher.get_attribute("aria-expanded") == "true":
            self.field.focus()
        else:
            self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def close(self) -> Chat:
        """Press the cross, if the chat has begun open."""
        if self.launcher.get_attribute("aria-expanded") == "true":
            self.button("Close chat").click()
        expect(self.panel).to_be_hidden()
        return self

    def send(self, text: str) -> None:
        """Type and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str) -> Locator:
        """Send, wait for the answer, and return it."""
        before = self.answers.count()
        self.send(text)
        answer = self.answers.nth(before)
        expect(answer).to_be_visible()
        expect(self.typing).to_be_empty()
        return answer

    def button(self, name: str) -> Locator:
        """A button of the panel by its exact name."""
        return self.panel.get_by_role("button", name=name, exact=True)

    @property
    def focused(self) -> str:
        """Classes, id or tag of the element that has the focus, in the shadow root or outside."""
        return str(
            self.page.evaluate(
                """() => {
                  const outer = document.activeElement;
                  const element = outer.shadowRoot?.activeElement ?? outer;
                  return element.className || element.id || element.localName;
                }"""
            )
        )
