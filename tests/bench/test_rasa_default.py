from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from bench.understanding import rasa_default
from bench.understanding.data_sets import DataSet, Example
from bench.understanding.rasa_default import (
    Prediction,
    cached_predictions,
    predict,
    prediction_of,
    write_project,
)


def parsed(*ranking: tuple[str, float], key: str | None = None) -> dict[str, Any]:
    names = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    selector: dict[str, Any] = {"all_retrieval_intents": ["faq", "clinic"]}
    if key:
        selector["default"] = {"response": {"intent_response_key": key, "confidence": 0.1}}
    return {"intent": names[0], "intent_ranking": names, "response_selector": selector}


def test_a_plain_intent_is_answered() -> None:
    assert prediction_of(parsed(("greet", 0.8))) == Prediction("greet", "greet", 0.8)


def test_a_retrieval_intent_is_answered_with_what_the_selector_puts_first() -> None:
    found = prediction_of(parsed(("faq", 0.7), ("greet", 0.2), key="clinic/cost"))
    assert found == Prediction("clinic/cost", "clinic/cost", 0.7)


def test_fallback_hides_the_best_label() -> None:
    found = prediction_of(parsed(("nlu_fallback", 0.7), ("greet", 0.2)))
    assert found == Prediction("greet", "nlu_fallback", 0.2)


def test_the_project_holds_every_example_and_no_pipeline(tmp_path: Path, clinic: DataSet) -> None:
    odd = Example("what [is](this) {thing}: #1 - 'quoted'?", "greet")
    write_project(replace(clinic, train=(*clinic.train, odd), domain=None), tmp_path)
    examples = load_data(str(tmp_path / "nlu.yml")).intent_examples
    found = {(m.get("text"), m.get_full_intent()) for m in examples}
    assert found >= {(e.text, e.label) for e in clinic.train}
    assert "pipeline" not in (tmp_path / "config.yml").read_text()


def test_predictions_are_kept_until_the_data_changes(
    tmp_path: Path, clinic: DataSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [Prediction("clinic/cost", "nlu_fallback", 0.25)] * len(clinic.test)
    monkeypatch.setattr(rasa_default, "_train", lambda folder: None)
    monkeypatch.setattr(rasa_default, "_ask", lambda archive, texts: kept)
    predict(clinic, tmp_path)
    assert cached_predictions(clinic, tmp_path) == kept
    assert cached_predictions(replace(clinic, train=clinic.train[1:]), tmp_path) is None
