"""The clinic's page around the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat import NARROW, PHONE
from tests.browser.conftest import Visit

pytestmark = pytest.mark.server


def test_the_root_leads_to_the_article(visit: Visit) -> None:
    page = visit("/").page
    title = "Can Ketamine Therapy Help With Anxiety?"
    expect(page).to_have_title(f"{title} | A Better Solution Wellness Clinic")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_the_chat_is_open_where_there_is_room_and_takes_no_focus(visit: Visit) -> None:
    chat = visit("/")
    expect(chat.panel).to_be_visible()
    expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    assert chat.focused == "body"
    chat.close().page.reload()
    expect(chat.launcher).to_be_visible()
    expect(chat.panel).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, NARROW, {"width": 1280, "height": 600}])
def test_the_chat_waits_to_be_asked_where_it_would_be_in_the_way(
    visit: Visit, viewport: dict[str, int]
) -> None:
    expect(visit("/", viewport=viewport).panel).to_be_hidden()


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_the_open_chat_covers_nothing_of_the_article(visit: Visit, width: int) -> None:
    chat = visit(viewport={"width": width, "height": 800})
    expect(chat.panel).to_be_visible()
    panel, article = chat.panel.bounding_box(), chat.page.get_by_role("article").bounding_box()
    assert panel and article
    assert article["x"] + article["width"] <= panel["x"]


def test_every_entry_of_the_contents_leads_to_its_heading(visit: Visit) -> None:
    page = visit().page
    links = page.get_by_role("navigation", name="In this article").get_by_role("link")
    expect(links).to_have_count(page.get_by_role("article").locator("h2").count())
    for link in links.all():
        target = page.locator(str(link.get_attribute("href")))
        expect(target).to_have_text(link.inner_text())


def test_the_page_itself_has_the_lines_of_help(visit: Visit) -> None:
    page = visit(viewport=PHONE).page
    for address in ("tel:988", "sms:988", "tel:911"):
        link = page.locator(f'.crisis a[href="{address}"]')
        box = link.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44


def test_without_scripts_the_page_says_whom_to_call(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/article")
    note = page.locator(".without")
    expect(note).to_contain_text("The assistant needs JavaScript.")
    expect(note.locator('a[href="tel:988"]')).to_be_visible()
    expect(note.locator('a[href="tel:911"]')).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("dissociative anesthetic")
    context.close()


def test_the_policy_allows_no_foreign_or_inline_code(visit: Visit, site: str) -> None:
    page = visit().page
    headers = page.request.get(f"{site}/article").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.locator("[style], style, script:not([src])").count() == 0
