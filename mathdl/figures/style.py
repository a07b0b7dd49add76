"""One look for every figure of the book: its inks, its panels, its dresses, its marks.

The page shows the same drawing in light and dark: `mathdl.figures.svg` writes a CSS variable
wherever it meets one of these inks.
"""

from mathdl.figures.dress import bare, curve, plane, power_of_ten
from mathdl.figures.ink import (
    BACKGROUND,
    FOUR,
    GRID,
    INK,
    MUTED,
    ONE,
    PANEL,
    THREE,
    TOKENS,
    TWO,
)
from mathdl.figures.layout import panels
from mathdl.figures.marks import (
    contour_bands,
    digit_image,
    dots,
    ink_image,
    label,
    label_line,
    minima,
    signed_field,
    signed_image,
    start_ring,
)

__all__ = [
    "BACKGROUND",
    "FOUR",
    "GRID",
    "INK",
    "MUTED",
    "ONE",
    "PANEL",
    "THREE",
    "TOKENS",
    "TWO",
    "bare",
    "contour_bands",
    "curve",
    "digit_image",
    "dots",
    "ink_image",
    "label",
    "label_line",
    "minima",
    "panels",
    "plane",
    "power_of_ten",
    "signed_field",
    "signed_image",
    "start_ring",
]
