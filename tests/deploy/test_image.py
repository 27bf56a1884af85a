"""The image can be built, and what the files of deploy/ start in it is there."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import ROOT
from tests.deploy.test_files import DEPLOY, pods, services

DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").split()


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} +(.+)$", DOCKERFILE, re.MULTILINE)


def started() -> list[list[str]]:
    """The commands of the image and of all containers."""
    commands: list[Any] = [json.loads(command) for command in instructions("CMD")]
    commands += [service["command"] for service in services().values() if _is_ours(service)]
    commands += [container["command"] for pod in pods() for container in pod["containers"]]
    shells = [command[2].split(" && ") for command in commands if command[:2] == ["sh", "-c"]]
    plain = [list(command) for command in commands if command[0] != "sh"]
    return plain + [part.split() for parts in shells for part in parts]


def _is_ours(service: dict[str, Any]) -> bool:
    return bool(service["image"] == "clinic-assistant" and "command" in service)


def is_ignored(path: str) -> bool:
    parts = Path(path).parts
    for pattern in IGNORED:
        anywhere = pattern.startswith("**/")
        names = parts if anywhere else parts[:1]
        if any(fnmatch(name, pattern.removeprefix("**/")) for name in names):
            return True
    return False


def test_what_is_copied_is_there_and_not_ignored() -> None:
    for copied in instructions("COPY"):
        *sources, _ = [word for word in copied.split() if not word.startswith("--")]
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source == "." or not is_ignored(source), source


@pytest.mark.parametrize("path", ["deploy/.env", ".env", "var/contact.key", ".git/config"])
def test_no_secret_gets_into_the_image(path: str) -> None:
    assert is_ignored(path)


def test_every_program_that_is_started_exists() -> None:
    assert len(started()) >= 5
    for command in started():
        program, *arguments = command
        assert (ROOT / program).is_file(), command
        if arguments[:1] == ["-m"]:
            assert find_spec(arguments[1]), command
        if "--configuration" in arguments:
            file = arguments[arguments.index("--configuration") + 1]
            assert (ROOT / file).is_file(), command


def test_make_knows_what_is_run_while_it_builds() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = [run.split()[1] for run in instructions("RUN") if run.startswith("make")]
    assert targets
    assert all(re.search(rf"^{re.escape(one)}\b.*:", makefile, re.MULTILINE) for one in targets)


def test_it_does_not_run_as_root_and_installs_no_tools_of_the_tests() -> None:
    assert instructions("USER") == ["assistant"]
    assert "--uid 10001" in DOCKERFILE
    assert {pod["securityContext"]["runAsUser"] for pod in pods()} == {10001}
    assert "UV_NO_DEV=1" in DOCKERFILE
