"""Rasa's default configuration on a data set: the stock pipeline, trained and asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLWriter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from assistant.settings import VAR
from bench.understanding.data_sets import DataSet
from evaluation.tables import read_table, write_table

CACHE = VAR / "bench" / "rasa_default"
_COLUMNS = ("text", "best", "answered", "confidence")
# No pipeline: Rasa writes its default one into the file when it trains.
_CONFIG = "recipe: default.v1\nassistant_id: bench\nlanguage: en\n"
_ONE_THREAD = {
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
}


@dataclass(frozen=True)
class Prediction:
    """What Rasa makes of a question."""

    best: str
    """The label its classifiers put first, FallbackClassifier aside."""
    answered: str
    """The label that is answered, or `nlu_fallback`."""
    confidence: float


class TrainingFailedError(Exception):
    """Rasa could not train; the message names its log."""


def cached_predictions(data_set: DataSet, cache: Path = CACHE) -> list[Prediction] | None:
    """Return the predictions for the test questions; None if there are none for this data."""
    folder = cache / data_set.name
    stamp = folder / "digest"
    if not stamp.is_file() or stamp.read_text() != data_set.digest():
        return None
    rows = read_table(folder / "predictions.tsv", _COLUMNS)
    return [Prediction(best, answered, float(c)) for _, best, answered, c in rows]


def predict(data_set: DataSet, cache: Path = CACHE) -> None:
    """Train Rasa's default configuration on a data set and keep what it predicts.

    Raises:
        TrainingFailedError: if Rasa cannot train.
    """
    folder = cache / data_set.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_project(data_set, folder)
    started = time.perf_counter()
    _train(folder)
    (folder / "seconds").write_text(f"{time.perf_counter() - started:.0f}\n")
    predictions = _ask(folder / "models" / "nlu.tar.gz", [q.text for q in data_set.test])
    rows = [
        (q.text, p.best, p.answered, p.confidence)
        for q, p in zip(data_set.test, predictions, strict=True)
    ]
    write_table(folder / "predictions.tsv", _COLUMNS, rows)
    (folder / "digest").write_text(data_set.digest())


def write_project(data_set: DataSet, folder: Path) -> None:
    """Write the data set as a Rasa project without a pipeline of its own."""
    examples = [Message.build(e.text, e.label) for e in data_set.train]
    (folder / "nlu.yml").write_text(RasaYAMLWriter().dumps(TrainingData(examples)))
    (folder / "config.yml").write_text(_CONFIG)
    if data_set.domain:
        shutil.copy(data_set.domain, folder / "domain.yml")
    else:
        domain = {"version": "3.1", "intents": sorted(set(data_set.labels))}
        YAML().dump(domain, folder / "domain.yml")


def _train(folder: Path) -> None:
    files = ["--config", "config.yml", "--domain", "domain.yml", "--nlu", "nlu.yml"]
    run_training(folder, "nlu", *files, "--fixed-model-name", "nlu", environment=_ONE_THREAD)


def run_training(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> None:
    """Have Rasa train the project in `folder`; the model goes to `models` in it.

    Args:
        folder: where Rasa's files are, and where its log goes.
        arguments: of `rasa train`.
        environment: variables beside those of this process.

    Raises:
        TrainingFailedError: if Rasa cannot train.
    """
    command = [sys.executable, "-m", "rasa", "train", *arguments, "--out", "models"]
    log = folder / "training.log"
    with log.open("w") as out:
        code = subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env={**os.environ, **(environment or {}), "RASA_TELEMETRY_ENABLED": "false"},
            stdout=out,
            stderr=out,
        ).returncode
    if code:
        raise TrainingFailedError(f"Rasa could not train on {folder.name}; see {log}")


def _ask(archive: Path, texts: Sequence[str]) -> list[Prediction]:
    """Run the questions through the trained NLU graph, in batches."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
    from rasa.shared.core.trackers import DialogueStateTracker

    processor = Agent.load(str(archive)).processor
    assert processor is not None  # noqa: S101  (Rasa raises when it cannot load)
    target = processor.model_metadata.nlu_target
    tracker = DialogueStateTracker.from_events("bench", [])
    found: list[Prediction] = []
    for start in range(0, len(texts), 64):
        batch = [UserMessage(text) for text in texts[start : start + 64]]
        inputs = {PLACEHOLDER_MESSAGE: batch, PLACEHOLDER_TRACKER: tracker}
        messages = processor.graph_runner.run(inputs, targets=[target])[target]
        found += [prediction_of(m.as_dict(only_output_properties=True)) for m in messages]
    return found


def prediction_of(parsed: dict[str, Any]) -> Prediction:
    """Read the prediction from a parsed message.

    A retrieval intent is answered with what the response selector puts first, whichever
    retrieval intent that belongs to, as Rasa's action for retrieval intents does.
    """
    ranking = [r for r in parsed["intent_ranking"] if r["name"] != "nlu_fallback"]
    selections = parsed.get("response_selector") or {}
    best = ranking[0]["name"]
    if best in selections.get("all_retrieval_intents", ()):
        response = selections.get(best, selections.get("default"))["response"]
        best = response["intent_response_key"]
    fell_back = parsed["intent"]["name"] == "nlu_fallback"
    answered = "nlu_fallback" if fell_back else best
    return Prediction(best, answered, float(ranking[0]["confidence"]))
