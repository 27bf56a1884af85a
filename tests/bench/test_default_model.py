"""The project from which Rasa's default configuration learns, without training it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bench.performance import default_model as module
from bench.performance.default_model import default_model

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("default")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "run_training", lambda *_, **__: None)
        default_model(folder)
    return folder


def test_it_is_rasas_default_but_for_the_epochs(project: Path) -> None:
    config = YAML(typ="safe").load(project / "config.yml")
    names = [part["name"] for part in config["pipeline"] + config["policies"]]
    assert {"DIETClassifier", "ResponseSelector", "TEDPolicy", "RulePolicy"} <= set(names)
    epochs = [
        part["epochs"] for part in config["pipeline"] + config["policies"] if "epochs" in part
    ]
    assert set(epochs) == {1}


def test_it_learns_some_of_the_examples_of_every_label(project: Path) -> None:
    examples = YAML(typ="safe").load(project / "nlu.yml")["nlu"]
    assert {"faq/side_effects", "crisis", "out_of_scope"} <= {each["intent"] for each in examples}
    assert {len(each["examples"].splitlines()) for each in examples} == {35}


def test_each_simple_rule_is_a_story_as_well(project: Path) -> None:
    data = YAML(typ="safe").load(project / "rules.yml")
    stories = {story["story"]: story["steps"] for story in data["stories"]}
    rules = {rule["rule"]: rule for rule in data["rules"]}
    assert stories["Greet"] == rules["Greet"]["steps"]
    assert not any("condition" in rules[name] for name in stories)


def test_a_model_that_is_there_is_not_trained_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "run_training", lambda *_, **__: pytest.fail("trained again"))
    model = tmp_path / "models" / "default.tar.gz"
    model.parent.mkdir()
    model.touch()
    assert default_model(tmp_path) == model
