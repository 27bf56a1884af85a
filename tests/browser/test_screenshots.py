"""Pictures of the chat for the README: `make screenshots` writes them to docs/screenshots."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import Visit
from tests.browser.questions import CRISIS, SIDE_EFFECTS

pytestmark = pytest.mark.server

_SIZE = {"width": 1080, "height": 760}
_MOST_BYTES = 150_000

PICTURES: dict[str, tuple[dict[str, Any], str | None]] = {
    "closed": ({}, None),
    "open": ({}, SIDE_EFFECTS),
    "crisis": ({}, CRISIS),
    "dark": ({"color_scheme": "dark"}, SIDE_EFFECTS),
    "phone": ({"viewport": {"width": 375, "height": 740}}, SIDE_EFFECTS),
}


@pytest.mark.parametrize("name", PICTURES)
def test_screenshot(visit: Visit, name: str, tmp_path: Path) -> None:
    options, question = PICTURES[name]
    chat: Chat = visit(**{"viewport": _SIZE, "reduced_motion": "reduce", **options}).close()
    if question:
        chat.open().ask(question)
        expect(chat.answers.last).to_be_in_viewport()
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    picture = folder / f"{name}.png"
    chat.page.screenshot(path=picture, caret="hide")
    assert picture.stat().st_size < _MOST_BYTES
