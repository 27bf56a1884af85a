"""Pictures of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")

from matplotlib import pyplot as plt

from evaluation.confusions import confusion_counts
from evaluation.judged import Judged
from evaluation.reliability import reliability


def plot_confusion(judged: Sequence[Judged], file: Path) -> None:
    """Draw the confusion matrix, a row for each most fitting label."""
    names, counts = confusion_counts(judged)
    matrix = np.array(counts)
    side = max(6.0, len(names) * 0.25)
    figure, axes = plt.subplots(figsize=(side, side))
    axes.imshow(np.log1p(matrix), cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=6)
    axes.set_yticks(range(len(names)), names, fontsize=6)
    axes.set_xlabel("predicted")
    axes.set_ylabel("label")
    style = {"ha": "center", "va": "center", "fontsize": 5}
    for row, column in np.argwhere(matrix):
        color = "white" if row == column else "crimson"
        axes.text(column, row, matrix[row, column], color=color, **style)
    _save(figure, file)


def plot_confidence(judged: Sequence[Judged], file: Path) -> None:
    """Draw how right the model is at each confidence (a reliability diagram)."""
    bins = reliability(judged)
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(6, 6))
    above.plot([0, 1], [0, 1], linestyle="--", color="grey")
    above.plot([b.confidence for b in bins], [b.right for b in bins], marker="o")
    above.set_ylabel("share right")
    right = [j.confidence for j in judged if j.is_right]
    wrong = [j.confidence for j in judged if not j.is_right]
    below.hist([right, wrong], bins=20, range=(0, 1), stacked=True)
    below.legend(["right", "wrong"])
    below.set_xlabel("confidence")
    below.set_ylabel("questions")
    _save(figure, file)


def _save(figure: plt.Figure, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file, dpi=150)
    plt.close(figure)
