"""A real browser on the real server: `visit()` opens the clinic's page as a new visitor.

Server and browser live only while this folder's tests run: Playwright's loop would stop the
asynchronous tests of other folders. While working on the widget, `SITE=http://127.0.0.1:5005` uses
a server that runs already.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from assistant.serving import action_server, assistant_server, free_port
from tests.browser.chat import Chat
from tests.browser.other_website import OtherWebsite, other_website
from tests.browser.watching import Watch
from tests.processes import own_environment

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_MILLISECONDS = 30_000


class Visit(Protocol):
    """Opens a page as a new visitor; options are those of Playwright's `new_context`."""

    def __call__(self, path: str = "/article", **options: object) -> Chat: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=_MILLISECONDS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def other() -> Iterator[OtherWebsite]:
    """Somebody's website that may show the chat: it is named in WEB_ORIGINS."""
    with other_website() as website:
        yield website


@pytest.fixture(scope="package")
def site(
    browser: Browser,
    other: OtherWebsite,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Address of the running assistant."""
    if running := os.environ.get("SITE"):
        yield running
        return
    request.getfixturevalue("trained_model")
    folder: Path = tmp_path_factory.mktemp("site")
    env = {**own_environment(folder), "WEB_ORIGINS": other.url}
    port = free_port()
    with (
        action_server(int(env["ACTION_PORT"]), env, folder / "actions.log"),
        assistant_server(port, env, folder / "assistant.log"),
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens pages; afterwards fails if one broke its policy, threw, or asked another host."""
    contexts: list[BrowserContext] = []
    watch = Watch(site)

    def open_page(path: str = "/article", **options: object) -> Chat:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        chat = Chat(page)
        page.goto(f"{site}{path}")
        expect(chat.launcher).to_be_visible()
        return chat

    yield open_page
    for context in contexts:
        context.close()
    assert watch.findings == []


@pytest.fixture
def chat(visit: Visit) -> Chat:
    """A new visitor with the chat open."""
    return visit().open()
