"""Show a figure where the reader is: as a picture in a notebook, as SVG in the book."""

import io
import os
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from explorable.checks import a_text, an_instance
from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.drawing.svg.figure import figure_svg
from explorable.drawing.toolkit.style import in_style

BOOK = "EXPLORABLE_BOOK"
"""Environment variable that names a directory while the book is being built."""

DENSITY = 2
"""Dots of the picture in a pixel of the page."""


@in_style
def figure_png(figure: Figure) -> bytes:
    """Return the figure as a PNG of 256 colours, the same bytes every time."""
    drawn, written = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DENSITY * PIXELS_PER_INCH, metadata={"Software": None})
    with Image.open(drawn) as picture:  # a third of the bytes, and no difference that one sees
        picture.convert("RGB").quantize(256).save(written, "png", optimize=True)
    return written.getvalue()


class Picture:
    """A figure as Jupyter shows it, with its alternative text.

    Parameters
    ----------
    figure : Figure
    alternative : str
        What is seen, for those who don't see it.
    """

    def __init__(self, figure: Figure, alternative: str):
        self.alternative = alternative
        self.png = figure_png(figure)
        self.html = figure_svg(figure, alternative) if os.environ.get(BOOK) else None
        self.width = round(float(figure.get_figwidth()) * PIXELS_PER_INCH)

    def __repr__(self) -> str:
        return self.alternative

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle: dict[str, Any] = {"text/plain": self.alternative, "image/png": self.png}
        if self.html is not None:
            bundle["text/html"] = self.html
        return bundle, {"image/png": {"width": self.width}}


def show(figure: Figure, alternative: str) -> Picture:
    """Show a figure; the last expression of a cell.

    Parameters
    ----------
    figure : Figure
        Made by `explorable.drawing.toolkit.panels`.
    alternative : str
        One or two sentences that say what is seen, for readers who don't see it.

    Returns
    -------
    Picture
        Jupyter shows it: as a picture in a notebook, as SVG while the book is built.

    Raises
    ------
    ValueError
        If there is no alternative text.
    """
    an_instance(figure, "figure", Figure)
    if not a_text(alternative, "alternative").strip():
        raise ValueError("show needs alternative text: a sentence that says what is seen")
    return Picture(figure, alternative)
