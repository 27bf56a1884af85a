"""`python -m evaluation.baseline`: is the understanding as good as the committed figures?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer

from evaluation.tables import write_json

BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE = 0.01
_FIGURES = ("n", "accuracy", "top3_accuracy")


def compare(baseline: dict[str, Any], summary: dict[str, Any]) -> tuple[bool, str]:
    """Compare a summary with the baseline, both with n, accuracy and top3_accuracy.

    Returns:
        Whether the summary is good enough, and a line that says why. Another number of
        questions is not: their accuracy would not compare.
    """
    line = ", ".join(
        f"{name} {100 * summary[name]:.1f} % (committed {100 * baseline[name]:.1f} %)"
        for name in ("accuracy", "top3_accuracy")
    )
    if summary["n"] != baseline["n"]:
        asked = f"{summary['n']} questions, the baseline {baseline['n']}; renew it with --write"
        return False, f"{line}: other questions: {asked}"
    if summary["accuracy"] < baseline["accuracy"] - TOLERANCE - 1e-9:
        return False, f"{line}: accuracy fell by more than one point"
    return True, f"{line}: good"


def main(
    summary: Path = Path("out/evaluation/summary.json"),
    baseline: Path = BASELINE,
    write: bool = typer.Option(False, help="make SUMMARY the baseline"),
) -> None:
    """Compare SUMMARY, which `make evaluate` wrote, with the committed BASELINE."""
    if not summary.is_file():
        typer.echo(f"{summary} is missing; run `make evaluate`", err=True)
        raise typer.Exit(2)
    figures = json.loads(summary.read_text(encoding="utf-8"))
    if write:
        write_json(baseline, {name: figures[name] for name in _FIGURES})
    good, line = compare(json.loads(baseline.read_text(encoding="utf-8")), figures)
    typer.echo(line)
    if not good:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
