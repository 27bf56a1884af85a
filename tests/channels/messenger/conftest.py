"""The channel in a real Sanic server, with a fake Graph behind it and a stub for the assistant."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.channels.queue import runner
from assistant.settings import settings
from tests.channels.messenger.fake_graph import (
    APP_SECRET,
    PAGE_TOKEN,
    VERIFY_TOKEN,
    FakeGraph,
    running_graph,
)


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with running_graph() as fake:
        yield fake


def variables(graph: FakeGraph) -> dict[str, str]:
    return {
        "MESSENGER_PAGE_TOKEN": PAGE_TOKEN,
        "MESSENGER_APP_SECRET": APP_SECRET,
        "MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
        "MESSENGER_GRAPH": graph.url,
    }


@pytest.fixture
def environment(
    graph: FakeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.MonkeyPatch]:
    """Variables and a database of the test's own."""
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'clinic.db'}",
        "CONTACT_KEY_FILE": str(tmp_path / "contact.key"),
        **variables(graph),
    }
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    _forget()
    yield monkeypatch
    _forget()


def _forget() -> None:
    settings.cache_clear()
    runner.configured_table.cache_clear()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FIRST_PAUSE", 0.05)


@pytest.fixture
def entry(environment: pytest.MonkeyPatch) -> str:
    return "assistant.channels.messenger.MessengerChannel:\n"


Comes = Callable[[Callable[[], bool]], "asyncio.Future[None]"]


@pytest.fixture
def comes(graph: FakeGraph) -> Comes:
    """`await comes(lambda: ...)`: waits, beside the server, for something to arrive at Graph."""
    return lambda is_so: asyncio.get_running_loop().run_in_executor(None, graph.until, is_so)
