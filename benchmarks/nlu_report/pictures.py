"""Confusion pictures: what was meant against what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

# Text stays text, and the same numbers make the same file.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "ramah", "font.size": 7})
COLOURS = "Blues"


def confusion(right: Sequence[str], said: Sequence[str], names: Sequence[str]) -> NDArray[Any]:
    """Shares: a row for what was meant, a column for what was understood; each row makes one.

    Args:
        right: what each message meant.
        said: what it was taken for.
        names: rows and columns, in order.
    """
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for meant, understood in zip(right, said, strict=True):
        counts[place[meant], place[understood]] += 1
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def draw_small(shares: NDArray[Any], names: Sequence[str], title: str, file: Path) -> None:
    """A picture of a few rows, with the shares in percent in its cells."""
    figure, axes = _axes(shares, names, title, 0.55 * len(names) + 2.2)
    for row, column in zip(*np.nonzero(shares >= 0.0005), strict=True):
        value = shares[row, column]
        colour = "white" if value > 0.4 else "black"
        axes.text(column, row, f"{100 * value:.1f}", ha="center", va="center", color=colour)
    _save(figure, file)


def draw_large(shares: NDArray[Any], names: Sequence[str], groups: Sequence[str], title: str, file: Path) -> None:
    """A picture of many rows, with a line between groups and their names at the right.

    Args:
        shares: from ``confusion``.
        names: of rows and columns; those of a group side by side.
        groups: of each row.
        title: above.
        file: an SVG to write.
    """
    figure, axes = _axes(shares, names, title, 0.155 * len(names) + 2)
    begins = [row for row in range(len(groups)) if row == 0 or groups[row] != groups[row - 1]]
    for begin, end in zip(begins, [*begins[1:], len(groups)], strict=True):
        if begin:
            axes.axhline(begin - 0.5, color="grey", linewidth=0.5)
            axes.axvline(begin - 0.5, color="grey", linewidth=0.5)
        axes.text(len(groups), (begin + end - 1) / 2, groups[begin], va="center", rotation=270, fontsize=9)
    _save(figure, file)


def _axes(shares: NDArray[Any], names: Sequence[str], title: str, size: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(size, size), constrained_layout=True)
    axes = figure.subplots()
    # The root: one in a hundred shall be seen.
    axes.imshow(np.sqrt(shares), cmap=COLOURS, vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("understood")
    axes.set_ylabel("meant")
    axes.set_title(title, fontsize=9)
    return figure, axes


def _save(figure: Figure, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, format="svg", metadata={"Date": None})
