import importlib

import pytest

from actions.contact_requests.store import RequestStore, Unavailable

USERS_OF_THE_STORE = (
    "actions.handoff.validate",
    "actions.handoff.ask_confirmed",
    "actions.handoff.submit",
    "actions.handoff.discard",
    "actions.privacy.delete_my_data",
    "actions.privacy.what_we_know",
)


def use(monkeypatch: pytest.MonkeyPatch, opener) -> None:
    """Have all actions open the store through `opener`."""
    for name in USERS_OF_THE_STORE:
        monkeypatch.setattr(importlib.import_module(name), "open_store", opener)


@pytest.fixture
def forms(lite_store: RequestStore, monkeypatch: pytest.MonkeyPatch) -> RequestStore:
    """The store behind the actions."""
    use(monkeypatch, lambda: lite_store)
    return lite_store


@pytest.fixture
def database_down(monkeypatch: pytest.MonkeyPatch):
    """Call it to cut the database off."""

    def down() -> RequestStore:
        raise Unavailable("OperationalError")

    return lambda: use(monkeypatch, down)
