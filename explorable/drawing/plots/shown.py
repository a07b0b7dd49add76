"""A plot, as it is shown where the reader is."""

import sys
from typing import Any, Protocol

DRAWING = "application/vnd.explorable.drawing+json"
"""The media type of a drawing in the page: shapes as data, never markup."""


class Drawable(Protocol):
    """What a plot shows."""

    @property
    def alternative(self) -> str:
        """What is seen, for those who don't see it."""


class Plot:
    """A plot of one's own numbers. Jupyter and the page show it; it prints as what is seen.

    Parameters
    ----------
    content : Chart or Grid
        What it shows.
    """

    def __init__(self, content: Drawable) -> None:
        self.content = content

    def __repr__(self) -> str:
        return self.content.alternative

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if sys.platform == "emscripten":  # the page, where there is no Matplotlib
            from explorable.drawing.plots.page import drawing

            return {"text/plain": repr(self), DRAWING: drawing(self.content)}
        from explorable.drawing.plots.notebook import picture

        return picture(self.content)._repr_mimebundle_()
