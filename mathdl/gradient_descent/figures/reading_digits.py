"""Draw the training of the digits network: on its own loss, as curves, and as digits."""

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import NDArray

import explorable.drawing.toolkit as tk
from mathdl.gradient_descent.experiments.reading_digits import Reading, slice_units, slices
from mathdl.gradient_descent.figures.landscape import (
    Floats,
    Relief,
    SurfacePlot,
    draw_surface,
    log_heights,
)

_SOFTNESS = 0.05
_COLUMNS = 9
_CELL = 12
"""Pixels of the picture from one digit to the next across; 10 of them down."""


@functools.cache
def relief(plane: str) -> Relief:
    """Make a slice ready to be drawn, by its name."""
    seen = slices()[plane]
    ends = [seen.path[-1], seen.other[-1]] if plane == "two" else [seen.path[-1]]
    return Relief(
        seen.window,
        seen.window.to_units(np.array(ends)),
        log_heights(lambda units: between(seen.surface, units), _SOFTNESS),
    )


def between(surface: Floats, units: Floats) -> Floats:
    """Return a slice's loss (n, n) between its points, by bilinear interpolation of its logarithm.

    Places (..., 2) are in units of the window; those outside count as the nearest inside.
    """
    edge = float(slice_units()[-1])
    at = np.linspace(-edge, edge, len(surface))
    logs, last = np.log(surface), len(at) - 1
    place = np.clip((units - at[0]) / (at[-1] - at[0]) * last, 0, last)
    whole = np.minimum(place.astype(int), last - 1)
    (column, row), (u, v) = np.moveaxis(whole, -1, 0), np.moveaxis(place - whole, -1, 0)
    low = (1 - u) * logs[row, column] + u * logs[row, column + 1]
    high = (1 - u) * logs[row + 1, column] + u * logs[row + 1, column + 1]
    return np.asarray(np.exp((1 - v) * low + v * high))


@dataclass(eq=False)
class ReadingPicture(tk.MovingParts):
    """The moving parts of the picture of a training; made by `draw_reading`."""

    surface: SurfacePlot
    story: Reading
    images: Floats
    labels: NDArray[Any]
    numbers: NDArray[Any]
    curves: list[Line2D]
    names: list[Text]
    page: AxesImage
    said: list[Text]
    moment: int = -1

    def move(self, moment: int, plane: str) -> None:
        """Show a moment of the training on one slice."""
        seen = slices()[plane]
        self.surface.show(relief(plane))
        self.surface.follow(0, seen.path[: moment + 1])
        self.surface.follow(1, seen.other[: moment + 1] if plane == "two" else seen.other[:0])
        if moment == self.moment:
            return
        self.moment = moment
        every = (self.story.train_shares, self.story.test_shares)
        for line, name, shares, word in zip(
            self.curves, self.names, every, ("training", "test"), strict=True
        ):
            line.set_data(self.story.steps[: moment + 1], 100 * shares[: moment + 1])
            name.set_text(f"{word} {100 * shares[moment]:.0f} %")
        answers = self.story.answers[moment, self.numbers]
        wrong = answers != self.labels
        self.page.set_data(digits_page(self.images, wrong))
        for text, answer, missed in zip(self.said, answers, wrong, strict=True):
            text.set_text(str(answer) if missed else "")


def digits_page(images: Floats, wrong: NDArray[Any]) -> Floats:
    """Set digits (n, 64) in rows, the misread ones in the second ink, as RGBA.

    Each has a cell of 10 by 12 pixels, with room for an answer at its right.
    """
    rows = -(-len(images) // _COLUMNS)
    page = np.zeros((10 * rows, _CELL * _COLUMNS, 4))
    for index, (image, missed) in enumerate(zip(images, wrong, strict=True)):
        row, column = divmod(index, _COLUMNS)
        top, left = 10 * row + 1, _CELL * column
        drawn = tk.opacity_rgba(image.reshape(8, 8) ** 0.8, tk.TWO if missed else tk.INK)
        page[top : top + 8, left : left + 8] = drawn
    return page


def draw_reading(
    axes: Any, story: Reading, images: Floats, labels: NDArray[Any], numbers: NDArray[Any]
) -> ReadingPicture:
    """Draw the frame of a training: slice, its view of three dimensions, accuracies, digits.

    The images (n, 64) of the test digits with these numbers are shown, and their labels known.
    """
    surface = draw_surface(axes[:2], "1st axis", "2nd")
    curves, names = _draw_accuracies(axes[2], int(story.steps[-1]))
    page, said = _draw_digits(axes[3], images)
    return ReadingPicture(surface, story, images, labels, numbers, curves, names, page, said)


def _draw_accuracies(axes: Axes, last: int) -> tuple[list[Line2D], list[Text]]:
    tk.style_curve(axes, "training step", "digits read correctly, %")
    # The moments lie denser at first; on this scale they are evenly spaced.
    axes.set_xscale("function", functions=(_root, np.square))
    axes.set(xlim=(0, last), ylim=(0, 100), yticks=[0, 25, 50, 75, 100])
    axes.set_xticks([step for step in (0, 50, 200, 500, 1000, 2000) if step <= last])
    curves = [axes.plot([], [], color=color, clip_on=False)[0] for color in (tk.ONE, tk.TWO)]
    names = [
        axes.text(last, height, "", color=color, ha="right", va="center", fontweight="bold")
        for color, height in ((tk.ONE, 32), (tk.TWO, 17))
    ]
    return curves, names


def _root(steps: Floats) -> Floats:
    return np.sqrt(np.maximum(steps, 0.0))


def _draw_digits(axes: Axes, images: Floats) -> tuple[AxesImage, list[Text]]:
    tk.style_bare(axes)
    axes.set_label("Test digits, the misread ones marked")
    page = digits_page(images, np.zeros(len(images), dtype=bool))
    height, width = page.shape[:2]
    drawn = axes.imshow(page, extent=(0, width, height, 0), zorder=1)
    axes.set(xlim=(0, width), ylim=(height, -9))
    tk.label(
        axes, 0, -4, "misread in this colour, with the answer given", color=tk.TWO, ha="left",
        weight="normal",
    )  # fmt: skip
    said = []
    for index in range(len(images)):
        row, column = divmod(index, _COLUMNS)
        said.append(
            axes.text(
                _CELL * column + 10, 10 * row + 7, "", color=tk.TWO, fontsize=11, ha="center",
                va="center", fontweight="bold",
            )
        )  # fmt: skip
    return drawn, said
