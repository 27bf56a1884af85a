"""Fixtures that several rooms share."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from assistant.rasa import without_tensorflow
from assistant.serving import action_server
from assistant.training import train_if_needed
from tests.processes import own_environment

without_tensorflow()
# Rasa's debug lines would bury what a failing test has to say.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def pytest_collection_finish() -> None:
    """Leave all that was imported out of garbage collection, which takes a second each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model of today's data, trained now when it is missing or old."""
    from assistant.settings import MODELS

    train_if_needed()
    return MODELS / "assistant.tar.gz"


@pytest.fixture(scope="session")
def running_actions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real action server; yields the environment in which it is reached."""
    env = own_environment(tmp_path_factory.mktemp("var"))
    log = tmp_path_factory.mktemp("log") / "actions.log"
    with action_server(int(env["ACTION_PORT"]), env, log):
        yield env
