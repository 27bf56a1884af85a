"""A model of Rasa's default configuration, to be served beside the assistant.

Of each label it learns a few dozen examples, and for one epoch instead of a hundred: all of them
would take hours, and change what it answers but hardly how fast.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rasa.engine.recipes
from ruamel.yaml import YAML

from assistant.settings import ROOT
from bench.understanding.data_sets import own_sample
from bench.understanding.rasa_default import run_training, write_project

_EXAMPLES = 35
_EPOCHS = 1
_yaml = YAML(typ="safe")


def default_model(folder: Path) -> Path:
    """Return the model in `folder`, trained first if it is not there (a minute or two).

    Raises:
        TrainingFailedError: if Rasa cannot train.
    """
    model = folder / "models" / "default.tar.gz"
    if not model.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write_project(own_sample(_EXAMPLES), folder)
        _yaml.dump(_default_configuration(), folder / "config.yml")
        _yaml.dump(_rules_and_stories(), folder / "rules.yml")
        data = ["--data", "nlu.yml", "rules.yml"]
        run_training(folder, *data, "--fixed-model-name", "default")
    return model


def _default_configuration() -> dict[str, Any]:
    (package,) = rasa.engine.recipes.__path__
    config = _yaml.load(Path(package) / "config_files" / "default_config.yml")
    for component in config["pipeline"] + config["policies"]:
        if "epochs" in component:
            component["epochs"] = _EPOCHS
    return {**config, "assistant_id": "bench"}


def _rules_and_stories() -> dict[str, Any]:
    """The assistant's rules, and each simple one as a story, from which TED learns."""
    rules = _yaml.load(ROOT / "data" / "rules.yml")
    simple = [rule for rule in rules["rules"] if set(rule) == {"rule", "steps"}]
    stories = [{"story": rule["rule"], "steps": rule["steps"]} for rule in simple]
    return {**rules, "stories": stories}
