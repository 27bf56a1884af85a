"""One script tag brings the chat to another website."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat import Chat
from tests.browser.other_website import OtherWebsite, other_website
from tests.browser.questions import SIDE_EFFECTS

pytestmark = pytest.mark.server

PAGE = """<!doctype html>
<html lang="en" style="font-size: 10px">
<title>Another website</title>
<style>p, button {{ color: red; font: 40px fantasy }}</style>
<p>A page with manners of its own.</p>
<script type="module" src="{site}/widget/clinic-chat.js"></script>
"""

# All that a website with a policy of its own has to allow.
POLICY = """<meta http-equiv="content-security-policy"
  content="default-src 'none'; script-src {site}; connect-src {site} {socket}">
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_chat_works_on_a_website_that_is_allowed(
    page: Page, other: OtherWebsite, site: str
) -> None:
    chat = Chat(page)
    page.goto(other.put("/clinic", PAGE.format(site=site)))
    chat.open()
    answer = chat.ask(SIDE_EFFECTS)
    source = answer.get_by_role("link", name="What Studies Say")
    expect(source).to_have_attribute("href", f"{site}/article#what-studies-say")
    expect(source).to_have_attribute("target", "_blank")
    style = chat.launcher.evaluate(
        "(e) => [getComputedStyle(e).fontSize, getComputedStyle(e).color]"
    )
    assert style == ["16px", "rgb(255, 255, 255)"], "the page's own style came in"


def test_a_policy_needs_to_allow_only_scripts_and_connections(
    page: Page, other: OtherWebsite, site: str
) -> None:
    breaches: list[str] = []
    page.on("console", lambda message: breaches.append(message.text))
    chat = Chat(page)
    policy = POLICY.format(site=site, socket=site.replace("http", "ws"))
    script = f'<script type="module" src="{site}/widget/clinic-chat.js"></script>'
    page.goto(other.put("/strict", f"<!doctype html>{policy}<title>Strict</title>{script}"))
    chat.open().ask(SIDE_EFFECTS)
    assert chat.panel.evaluate("(e) => getComputedStyle(e).position") == "fixed"
    assert not [text for text in breaches if "Content Security Policy" in text]


def test_the_chat_does_not_connect_for_a_website_that_is_not(page: Page, site: str) -> None:
    with other_website() as stranger:
        chat = Chat(page)
        page.goto(stranger.put("/", PAGE.format(site=site)))
        chat.open()
        chat.send(SIDE_EFFECTS)
        expect(chat.panel).to_contain_text("The connection is lost.")
        expect(chat.log).to_contain_text("Not sent yet")
