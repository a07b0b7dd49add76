"""A picture that the reader paints, cell by cell, or takes from a few that are listed."""

import html
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from explorable.checks import (
    Array,
    a_text,
    an_instance,
    finite_array,
    listed,
    number_in,
    shown,
    whole_number,
)
from explorable.controls.control import Card, Control, Place, in_html
from explorable.drawing.toolkit import opacity_rgba
from explorable.sentences import translated

INK = "0123456789abcdefg"
"""How a link writes the ink of a cell: 0 to 16 sixteenths."""

SLIDES = {
    "slide left": ("←", -1, 0),
    "slide right": ("→", 1, 0),
    "slide up": ("↑", 0, -1),
    "slide down": ("↓", 0, 1),
}
"""Ways to slide a picture: their arrows, and how far to the right and down they lead."""


class Paint(Control):
    """Let the reader paint a picture, cell by cell, or take one from a list.

    What is painted is not on the list, so the explorer has to be one that computes.

    Parameters
    ----------
    axes : Axes
        Where the picture lies.
    pictures : dict of str to array_like (rows * columns,)
        The listed pictures by name, ink from 0 to 1; the first one is shown at first. `update`
        receives the ink, an array (rows * columns,).
    shape : (int, int)
        Rows and columns of the pictures.
    corner : (float, float)
        The upper left corner of the picture in the Axes.
    size : float
        Its width, in units of the axes; its cells are squares where these are equal.
    label : str
        What is painted.
    """

    kind = "paint"
    numbers = "real"
    wide = 2
    axes: Axes

    def __init__(
        self,
        axes: Axes,
        pictures: Mapping[str, npt.ArrayLike],
        *,
        shape: tuple[int, int] = (8, 8),
        corner: tuple[float, float] = (0.0, 0.0),
        size: float = 1.0,
        label: str = "",
    ):
        an_instance(pictures, "pictures", dict)
        self.axes = an_instance(axes, "axes", Axes)
        sides = [whole_number(n, "each of shape", 1, 100) for n in listed(shape, "shape")]
        if len(sides) != 2:
            raise ValueError(f"shape must be rows and columns, but is {shown(shape)}.")
        self.shape = rows, columns = sides[0], sides[1]
        self.cells = rows * columns
        self.corner = finite_array(corner, "corner", (2,)).copy()
        self.size = number_in(size, "size", "(0, inf)") * np.array([1, rows / columns])
        self.names = [a_text(name, "each name of pictures") for name in pictures]
        self.written = [
            written(finite_array(picture, "each of pictures", (self.cells,)))
            for picture in pictures.values()
        ]
        super().__init__(a_text(label, "label"), len(self.written), 0)

    def value(self, index: int) -> Array:
        return read(self.written[index], self.cells)

    def text(self, index: int) -> str:
        return translated(self.names[index])

    def key(self, index: int) -> str:
        return self.written[index]

    def somewhere(self, rng: np.random.Generator) -> Place:
        return "".join(rng.choice(list(INK), self.cells))

    def made(self, place: str) -> Array:
        return read(place, self.cells)

    def write(self, value: Any) -> str:
        return written(value)

    def find(self, value: Any) -> int:
        picture = written(finite_array(value, "the picture", (self.cells,)))
        if picture not in self.written:
            raise ValueError("the picture is none of those that are listed")
        return self.written.index(picture)

    def html(self, card: Card, key: str) -> str:
        """Write what helps to paint: pictures to begin with, arrows that slide, a rubber."""

        def button(data: str, text: str, spoken: str = "") -> str:
            name = f' aria-label="{html.escape(spoken)}"' if spoken else ""
            return f'<button type="button" disabled {data}{name}>{html.escape(text)}</button>'

        pictures = "".join(
            button(f'data-picture="{index}" aria-pressed="{str(not index).lower()}"', name)
            for index, name in enumerate(map(translated, self.names))
        )
        arrows = "".join(
            button(f'data-slide="{across},{down}"', arrow, translated(way))
            for way, (arrow, across, down) in SLIDES.items()
        )
        clear = button("data-clear", translated("Clear"))
        erase = button('data-erase aria-pressed="false"', translated("Erase"))
        hint = in_html(
            "Paint with a finger, a pen or the mouse; or with arrow keys, Space and + or −."
        )
        group = '<div class="explorer-buttons" role="group" aria-label="{name}">{buttons}</div>'
        return (
            f"<span>{html.escape(self.name(key))}</span>"
            + group.format(name=in_html("pictures to begin with"), buttons=pictures)
            + group.format(name=in_html("change the picture"), buttons=arrows + clear + erase)
            + f"<small>{hint}</small>"
        )

    def on_panel(self, card: Card) -> str:
        """Write the cells that a reader paints, over the place that the panel keeps for them."""
        corners = card.percent(self.axes, [self.corner, self.corner + self.size])
        (left, top), (width, height) = corners[0], corners[1] - corners[0]
        place = {"left": left, "top": top, "width": width, "height": height}
        style = ";".join(f"{side}:{share:.3f}%" for side, share in place.items())
        rows = "".join(
            '<div role="row">'
            + "".join(
                f'<div role="gridcell" tabindex="{0 if row == column == 0 else -1}" '
                f'style="--v:{ink:.4g}"></div>'
                for column, ink in enumerate(inks)
            )
            + "</div>"
            for row, inks in enumerate(self.value(self.start).reshape(self.shape))
        )
        return (
            f'<div class="explorer-canvas" role="grid" aria-disabled="true" style="{style}" '
            f'aria-label="{html.escape(self.name("picture"))}">{rows}</div>'
        )

    def drawn(self) -> list[Artist]:
        (left, top), (right, bottom) = self.corner, self.corner + self.size
        ink = opacity_rgba(self.value(self.start).reshape(self.shape))
        limits = self.axes.get_xlim(), self.axes.get_ylim()
        extent = (left, right, bottom, top)
        drawn = self.axes.imshow(ink, extent=extent, aspect="auto", zorder=0.4)
        self.axes.set(xlim=limits[0], ylim=limits[1])
        return [drawn]

    def spec(self, card: Card) -> dict[str, Any]:
        cell = translated("row {row}, column {column}: {ink} % ink")
        return {"panel": card.panel(self.axes), "keys": self.written, "cell": cell}


def written(picture: npt.ArrayLike) -> str:
    """Write a picture in one letter a cell, to the nearest sixteenth of ink.

    Examples
    --------
    >>> written([0.5, 1.0, 0.0, 0.0])
    '8g00'
    """
    ink = finite_array(picture, "each of pictures", ("n",))
    if ink.min() < 0 or ink.max() > 1:
        raise ValueError("each of pictures must hold ink from 0 to 1.")
    return "".join(INK[level] for level in np.rint(16 * ink).astype(int))


def read(letters: str, cells: int = 64) -> Array:
    """Read a picture that `written` has written, or a page.

    Raises
    ------
    ValueError
        If it is not one letter from 0 to g for each of its cells.
    """
    if len(letters) != cells or set(letters) - set(INK):
        raise ValueError(f"a picture must be written in {cells} letters from 0 to g.")
    return np.array([INK.index(letter) for letter in letters]) / 16


paint = Paint
