"""What stands in the log of a process that logs JSON lines."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from assistant.settings import ROOT

LOGGING = """
import logging, structlog
from assistant.operations.logs import log_json_lines
log_json_lines()
structlog.get_logger("assistant.x").info("outbox.sent", code="MW7K84")
structlog.get_logger("rasa.core").error("message.failed", text="my secret", sender="ann")
logging.getLogger("sanic.error").error("number from %s", "call 480 555 0117")
try:
    int("my secret")
except ValueError:
    logging.getLogger("rasa").exception("could not")
logging.getLogger("rasa").debug("a secret")
structlog.get_logger("rasa").debug("a secret")
logging.getLogger("sanic.access").info("GET /?secret")
logging.getLogger("httpx").info("POST /bot-secret/send")
"""


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", LOGGING], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not done.stderr
    assert "secret" not in done.stdout
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_there_once(lines: list[dict[str, Any]]) -> None:
    assert [line["level"] for line in lines] == ["info", "error", "error", "error"]
    assert all(line["timestamp"].endswith("Z") for line in lines)


def test_our_own_lines_keep_their_fields(lines: list[dict[str, Any]]) -> None:
    own = lines[0]
    assert (own["event"], own["code"], own["logger"]) == ("outbox.sent", "MW7K84", "assistant.x")


def test_rasas_fields_are_dropped(lines: list[dict[str, Any]]) -> None:
    assert set(lines[1]) == {"event", "level", "logger", "timestamp"}


def test_numbers_in_a_librarys_line_are_redacted(lines: list[dict[str, Any]]) -> None:
    assert "0117" not in lines[2]["event"]


def test_an_exception_is_named_by_type_and_place_only(lines: list[dict[str, Any]]) -> None:
    assert lines[3]["error"] == "ValueError"
    assert lines[3]["trace"] == ["<string>:9 <module>"]
