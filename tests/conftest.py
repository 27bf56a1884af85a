"""Fixtures that several rooms share."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from assistant.training import is_current, train
from tests.processes import action_server, free_port

# Rasa's debug lines would bury what a failing test has to say.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model of today's data, trained now when it is missing or old."""
    from assistant.settings import MODELS

    if not is_current():
        train()
    return MODELS / "assistant.tar.gz"


@pytest.fixture(scope="session")
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment variables that keep a test run's data and ports apart from everything else."""
    folder = tmp_path_factory.mktemp("var")
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'clinic.db'}",
        "CONTACT_KEY_FILE": str(folder / "contact.key"),
        "ACTION_PORT": str(free_port()),
    }


@pytest.fixture(scope="session")
def running_actions(
    own_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """A real action server; yields the environment in which it is reached."""
    log = tmp_path_factory.mktemp("log") / "actions.log"
    with action_server(int(own_environment["ACTION_PORT"]), own_environment, log):
        yield own_environment
