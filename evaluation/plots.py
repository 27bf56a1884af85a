"""Pictures of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")

from matplotlib import pyplot as plt

from evaluation.summary import Judged


def plot_confusion(judged: Sequence[Judged], labels: Sequence[str], file: Path) -> None:
    """Draw the confusion matrix; `labels` are the most fitting ones, row by row."""
    names = sorted({*labels, *(j.outcome.predicted for j in judged)})
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)), dtype=int)
    for item, label in zip(judged, labels, strict=True):
        # A second acceptable label is no confusion.
        column = label if item.is_right else item.outcome.predicted
        matrix[index[label], index[column]] += 1
    side = max(6.0, len(names) * 0.25)
    figure, axes = plt.subplots(figsize=(side, side))
    axes.imshow(np.log1p(matrix), cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=6)
    axes.set_yticks(range(len(names)), names, fontsize=6)
    axes.set_xlabel("predicted")
    axes.set_ylabel("label")
    for row, column in np.argwhere(matrix):
        color = "white" if row == column else "crimson"
        axes.text(
            column, row, matrix[row, column], ha="center", va="center", fontsize=5, color=color
        )
    _save(figure, file)


def plot_confidence(judged: Sequence[Judged], file: Path) -> None:
    """Draw how right the model is at each confidence (a reliability diagram)."""
    confidence = np.array([j.outcome.ranking[0][1] for j in judged])
    right = np.array([j.is_right for j in judged])
    bins = np.clip((confidence * 10).astype(int), 0, 9)
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(6, 6))
    centers = (np.arange(10) + 0.5) / 10
    shares = [right[bins == b].mean() if (bins == b).any() else np.nan for b in range(10)]
    above.plot([0, 1], [0, 1], linestyle="--", color="grey")
    above.plot(centers, shares, marker="o")
    above.set_ylabel("share right")
    below.hist([confidence[right], confidence[~right]], bins=20, stacked=True)
    below.legend(["right", "wrong"])
    below.set_xlabel("confidence")
    below.set_ylabel("questions")
    _save(figure, file)


def _save(figure: plt.Figure, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file, dpi=150)
    plt.close(figure)
