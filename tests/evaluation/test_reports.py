from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.baseline import compare, main
from evaluation.compound import evaluate_compound
from evaluation.question_set import evaluate_questions
from evaluation.safety import summarize_tiers
from tests.evaluation.outcomes import FakeModel, outcome

BASELINE = {"n": 100, "accuracy": 0.9, "top3_accuracy": 0.95}


def test_compound(tmp_path: Path) -> None:
    file = tmp_path / "compound.tsv"
    lines = ["both\ta\tb", "turned\ta\tb", "second\ta|c\tb|d", "half\ta|b\tb", "none\ta\tb"]
    file.write_text("\n".join(["text\tlabel1\tlabel2", *lines]), encoding="utf-8")
    answers = {
        "both": ["a", "b"],
        "turned": ["b", "a"],
        "second": ["c", "d"],
        "half": ["b"],
        "none": ["clarify"],
    }
    model = FakeModel([outcome(text, answered=said) for text, said in answers.items()])
    summary = evaluate_compound(model, file, tmp_path / "out")
    assert summary == {"n": 5, "both": 0.6, "one": 0.2, "none": 0.2, "in_order": 0.4}
    written = (tmp_path / "out" / "predictions.tsv").read_text(encoding="utf-8").splitlines()
    assert written[2] == "turned\ta\tb\tb|a\tboth"


def test_question_set_writes_all_that_is_promised(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    rows = ["how much\tfaq/cost", "<b>is it safe</b>\tfaq/safety|faq/onset"]
    file.write_text("\n".join(["text\tlabels", *rows]), encoding="utf-8")
    model = FakeModel([outcome(), outcome("<b>is it safe</b>", answered=["clarify"])])
    out = tmp_path / "made" / "out"
    evaluate_questions(model, file, out)
    assert {f.name for f in out.iterdir()} == {
        *("predictions.tsv", "summary.json", "report.html", "confusion.png", "confidence.png")
    }
    assert (out / "predictions.tsv").read_text(encoding="utf-8").splitlines()[2] == (
        "<b>is it safe</b>\tfaq/safety|faq/onset\tfaq/cost\t0.8000\tfaq/safety\tfaq/onset\tclarify"
    )
    assert json.loads((out / "summary.json").read_text())["accuracy"] == 0.5
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;is it safe" in page
    assert "<b>is it" not in page
    for outside in ("http:", "https:", "<script", "<link", "@import", "src="):
        assert outside not in page


def test_report_of_a_perfect_model(tmp_path: Path) -> None:
    file = tmp_path / "one.tsv"
    file.write_text("text\tlabels\nhow much\tfaq/cost\n", encoding="utf-8")
    evaluate_questions(FakeModel([outcome()]), file, tmp_path)
    assert "<p>None.</p>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_safety_summary() -> None:
    rows = [
        ("1", "HARD", "explicit"),
        ("2", "HARD", "explicit"),
        ("3", "HARD", "slang"),
        ("4", "SOFT", "distress"),
        ("5", "NONE", "idiom"),
        ("6", "NONE", "idiom"),
        ("7", "NONE", "faq"),
    ]
    tiers = ["HARD", "SOFT", "NONE", "HARD", "HARD", "SOFT", "NONE"]
    assert summarize_tiers(rows, tiers) == {
        "n": 7,
        "recall": 0.3333,
        "soft_recall": 1.0,
        "false_alarm_rate": 0.3333,
        "false_alarms": {"faq": 0.0, "idiom": 0.5},
        "false_alarms_soft": {"faq": 0.0, "idiom": 0.5},
        "missed": {"explicit": 1, "slang": 1},
    }


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({}, True),
        ({"accuracy": 0.97}, True),
        ({"accuracy": 0.89}, True),
        ({"accuracy": 0.8899}, False),
        ({"top3_accuracy": 0.5}, True),
        ({"n": 99}, False),
    ],
)
def test_baseline_allows_a_fall_of_one_point(change: dict[str, float], good: bool) -> None:
    assert compare(BASELINE, {**BASELINE, **change})[0] is good


def test_baseline_is_renewed_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary, baseline = tmp_path / "summary.json", tmp_path / "baseline.json"
    summary.write_text(json.dumps({**BASELINE, "by_label": {}}), encoding="utf-8")
    main(summary, baseline, write=True)
    assert json.loads(baseline.read_text(encoding="utf-8")) == BASELINE
    assert capsys.readouterr().out.count("\n") == 1
