"""When the model is trained, with a stand-in for Rasa's minutes of training."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant import training


@pytest.fixture
def trainings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was trained; a training makes the model current."""
    began: list[str] = []
    monkeypatch.setattr(training, "VAR", tmp_path)
    monkeypatch.setattr(training, "_LOCK", tmp_path / "training.lock")
    monkeypatch.setattr(training, "is_current", lambda: bool(began))
    monkeypatch.setattr(training, "_train", lambda: began.append("model"))
    return began


def test_a_current_model_is_left_alone(trainings: list[str]) -> None:
    said: list[str] = []
    training.train_if_needed(said.append)
    training.train_if_needed(said.append)
    assert trainings == ["model"]
    assert said == ["Training the assistant (a minute or two) ...\n", "Trained.\n"]


def test_who_comes_second_waits_and_does_not_train_again(
    trainings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    second = threading.Thread(target=training.train_if_needed)

    def train() -> None:
        begun.append(threading.current_thread().name)
        if len(begun) == 1:
            second.start()
            second.join(0.5)  # in which it would begin as well
        trainings.append("model")

    monkeypatch.setattr(training, "_train", train)
    training.train_if_needed()
    second.join()
    assert begun == [threading.current_thread().name]
