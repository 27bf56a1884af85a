"""What docs/operating.md tells an operator to type is there."""

from __future__ import annotations

import re
import shlex

from assistant.settings import ROOT, Settings
from tests.deploy.test_files import services

OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
CHANNELS = (ROOT / "docs" / "channels.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_every_make_target_exists() -> None:
    named = set(re.findall(r"(?:^|`|&& |\d )make ([a-z-]+)", OPERATING, re.MULTILINE))
    assert {"run", "inbox", "purge", "rotate-keys"} <= named
    assert [one for one in named if not re.search(rf"^{one}:", MAKEFILE, re.MULTILINE)] == []


def test_every_variable_is_explained() -> None:
    names = [name.upper() for name in Settings.__fields__]
    assert [name for name in names if f"`{name}`" not in OPERATING + CHANNELS] == []


def test_every_inbox_command_exists() -> None:
    from actions.inbox.__main__ import app

    known = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    named = re.findall(r'make inbox ARGS="([a-z]+)', OPERATING)
    assert len(named) > 4
    assert set(named) <= known


def test_every_service_that_a_command_names_exists() -> None:
    lines = re.findall(r"docker compose -f deploy/compose\.yaml (?:exec|up) [^`\n]+", OPERATING)
    words = {word for line in lines for word in shlex.split(line, comments=True)}
    assert {word for word in words if word.startswith("assistant-")} <= set(services())
