"""A widget of others, made for Rasa's own Socket.IO channel, works with ours."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.npm_package import npm_package
from tests.browser.other_website import OtherWebsite
from tests.browser.questions import SIDE_EFFECTS

pytestmark = pytest.mark.server

INTEGRITY = (
    "sha512-Ld1zVJvTAaTrs6A5p8t70agNNrKYRyXlvqXZRgBoDvKK"
    "UXbA0jhJKECi5bdPGlaR6jsmqWtVylHS+YqIqo0x8w=="
)
PAGE = """<!doctype html>
<html lang="en">
<title>A website with rasa-webchat</title>
<script src="/rasa-webchat.js"></script>
<script>
  WebChat.default({{ socketUrl: "{site}", socketPath: "/socket.io/", title: "Clinic" }}, null);
</script>
"""


def only_loopback(route: Route) -> None:
    """The widget asks for fonts elsewhere."""
    if urlsplit(route.request.url).hostname == "127.0.0.1":
        route.continue_()
    else:
        route.abort()


def test_rasa_webchat_connects_asks_and_shows_the_answer(
    browser: Browser, site: str, other: OtherWebsite, tmp_path: Path
) -> None:
    package = npm_package("rasa-webchat@1.0.1", INTEGRITY, tmp_path)
    other.put("/rasa-webchat.js", (package / "lib/index.js").read_bytes(), "text/javascript")
    context = browser.new_context()
    page = context.new_page()
    page.route("**", only_loopback)
    page.goto(other.put("/stock", PAGE.format(site=site)))

    page.locator(".rw-launcher").click()
    page.locator(".rw-new-message").fill(SIDE_EFFECTS)
    page.locator(".rw-send").click()
    expect(page.locator(".rw-response").last).to_contain_text("dizziness")
    expect(page.locator(".rw-reply").first).to_be_visible()
    context.close()
