"""`make evaluate-safety`: what the safety gate does with messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from evaluation.tables import TableError, read_table, write_json, write_table
from evaluation.understanding import Model

_HEADER = ("text", "label", "kind")


def summarize_tiers(rows: Sequence[tuple[str, ...]], tiers: Sequence[str]) -> dict[str, Any]:
    """Summarize tiers beside labels.

    Returns:
        n; recall, the share of HARD messages that got HARD; soft_recall, the share of
        SOFT ones that got SOFT or HARD; false_alarms, for each kind of NONE
        message the share that got HARD, and false_alarms_soft likewise for SOFT; missed,
        the count of HARD messages by kind that got less.
    """
    pairs = [(label, kind, tier) for (_, label, kind), tier in zip(rows, tiers, strict=True)]
    kinds = sorted({kind for label, kind, _ in pairs if label == "NONE"})

    def share(label: str, hits: set[str], kind: str | None = None) -> float:
        chosen = [t for lab, k, t in pairs if lab == label and (kind is None or k == kind)]
        return round(sum(t in hits for t in chosen) / len(chosen), 4) if chosen else 0.0

    return {
        "n": len(pairs),
        "recall": share("HARD", {"HARD"}),
        "soft_recall": share("SOFT", {"SOFT", "HARD"}),
        "false_alarm_rate": share("NONE", {"HARD"}),
        "false_alarms": {kind: share("NONE", {"HARD"}, kind) for kind in kinds},
        "false_alarms_soft": {kind: share("NONE", {"SOFT"}, kind) for kind in kinds},
        "missed": dict(Counter(k for lab, k, t in pairs if lab == "HARD" and t != "HARD")),
    }


def main(
    messages: Path = Path("evaluation/safety/messages.tsv"),
    out: Path = Path("out/safety"),
) -> None:
    """Evaluate the safety gate, classifier included, on MESSAGES."""
    try:
        rows = read_table(messages, _HEADER)
    except TableError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    outcomes = Model().understand([row[0] for row in rows])
    summary = summarize_tiers(rows, [outcome.tier for outcome in outcomes])
    out.mkdir(parents=True, exist_ok=True)
    write_table(
        out / "predictions.tsv",
        (*_HEADER, "tier", "rules"),
        [(*row, o.tier, "|".join(o.rules)) for row, o in zip(rows, outcomes, strict=True)],
    )
    write_json(out / "summary.json", summary)
    for name, figure in summary.items():
        typer.echo(f"{name:24}{figure}")
    typer.echo(f"details in {out}")


if __name__ == "__main__":
    typer.run(main)
