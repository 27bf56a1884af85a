"""report.html: one page to see how well questions are understood, and where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from evaluation.confusions import confusion_counts, confusions
from evaluation.judged import Judged
from evaluation.reliability import reliability

_TEMPLATES = Path(__file__).with_name("templates")
_SHOWN_CONFUSIONS = 20


@dataclass(frozen=True)
class Figure:
    """One figure of the summary, in words."""

    name: str
    title: str
    goal: str = ""


_FIGURES = (
    Figure("accuracy", "best guess right", "goal: 95 %"),
    Figure("top3_accuracy", "among the first three", "goal: 99 %"),
    Figure("answered_right", "answered right"),
    Figure("answered_wrong", "answered wrong"),
    Figure("clarified", "asked back"),
    Figure("fallback", "not answered"),
    Figure("out_of_scope_answered", "out of scope, answered", "goal: at most 2 %"),
    Figure("split", "taken for several questions"),
    Figure("calibration_error", "confidence off by"),
)


def write_report(
    file: Path, questions: str, judged: Sequence[Judged], summary: dict[str, Any]
) -> None:
    """Write the page: self-contained, without scripts.

    Args:
        file: where to.
        questions: name of the question set.
        judged: its questions.
        summary: its figures, from `summarize`.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = _percent
    found = confusions(judged)
    names, counts = confusion_counts(judged)
    page = environment.get_template("report.html.j2").render(
        questions=questions,
        written_at=datetime.now().astimezone(),
        figures=_FIGURES,
        summary=summary,
        confusions=found[:_SHOWN_CONFUSIONS],
        more_confusions=found[_SHOWN_CONFUSIONS:],
        names=names,
        counts=counts,
        bins=reliability(judged),
        labels=_costliest_first(summary["by_label"]),
    )
    file.write_text(page, encoding="utf-8")


def _costliest_first(by_label: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    def key(entry: tuple[str, dict[str, Any]]) -> tuple[Any, ...]:
        name, own = entry
        return (-own["attracted"], -own["answered_wrong"], own["accuracy"], name)

    return sorted(by_label.items(), key=key)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}\u202f%"
