"""`make messenger-profile`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.channels.messenger import profile
from assistant.channels.messenger.profile_texts import FILE, GreetingTooLong
from assistant.channels.messenger.profile_texts import profile as profile_of
from assistant.content.problems import ContentError
from assistant.settings import settings
from tests.channels.messenger.fake_graph import DOWN, PAGE_TOKEN, FakeGraph
from tests.channels.messenger.rules import error


def run() -> tuple[int, str]:
    result = CliRunner().invoke(profile.app)
    return result.exit_code, result.output


def test_sets_greeting_get_started_and_menu(
    environment: pytest.MonkeyPatch, graph: FakeGraph
) -> None:
    assert run()[0] == 0
    assert graph.profile["get_started"] == {"payload": "Hello"}
    greetings = {each["locale"]: each["text"] for each in graph.profile["greeting"]}
    assert "Automated assistant" in greetings["default"]
    assert "Asistente automático" in greetings["es_LA"]
    assert all("988" in text and "911" in text for text in greetings.values())
    assert all(len(menu["call_to_actions"]) == 3 for menu in graph.profile["persistent_menu"])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (DOWN, "try again later"),
        ((400, error(190, "Invalid OAuth access token.")), "page token"),
        ((403, error(200, "Permissions error")), "permissions"),
    ],
)
def test_says_in_one_line_what_failed(
    environment: pytest.MonkeyPatch,
    graph: FakeGraph,
    answer: tuple[int, dict[str, str]],
    words: str,
) -> None:
    graph.always = answer
    code, output = run()
    assert code == 1
    assert words in output
    assert PAGE_TOKEN not in output
    assert len(output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "missing", [["PAGE_TOKEN"], ["APP_SECRET", "VERIFY_TOKEN"], ["PAGE_TOKEN", "APP_SECRET"]]
)
def test_names_what_is_not_set(
    environment: pytest.MonkeyPatch, graph: FakeGraph, missing: list[str]
) -> None:
    for name in missing:
        environment.delenv(f"MESSENGER_{name}")
    settings.cache_clear()
    code, output = run()
    assert code == 1
    assert all(f"MESSENGER_{name}" in output for name in missing)
    assert not graph.calls


def test_a_clinic_name_that_does_not_fit_is_told() -> None:
    with pytest.raises(GreetingTooLong, match="default has"):
        profile_of("The Most Complete Wellness Clinic of the Whole Valley of the Sun" * 2)


def test_a_fourth_item_is_too_many(tmp_path: Path) -> None:
    file = tmp_path / "profile.yml"
    text = FILE.read_text(encoding="utf-8")
    item = "      - {title: Your privacy, says: What do you know about me?}\n"
    file.write_text(text.replace(item, item * 2), encoding="utf-8")
    with pytest.raises(ContentError, match=r"profile\.yml"):
        profile_of("Clinic", file)
