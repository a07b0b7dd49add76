"""What every figure of the book is drawn with: palette, panels, axes styles, marks, geometry.

The page shows the same drawing in light and dark: `mathdl.svg` writes a CSS variable wherever it
meets a colour of the palette.
"""

from mathdl.plotting.axes_styles import (
    bare,
    curve,
    plane,
    power_of_ten,
)
from mathdl.plotting.geometry import (
    SPAN,
    Points,
    arrow,
    chord,
    half_plane,
    set_corners,
    set_line,
)
from mathdl.plotting.marks import (
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
from mathdl.plotting.palette import (
    BACKGROUND,
    CYCLE,
    FOUR,
    GRID,
    INK,
    MUTED,
    ONE,
    PANEL,
    SHORT_DASH,
    THREE,
    TWO,
)
from mathdl.plotting.panels import (
    panels,
)
from mathdl.plotting.picture import (
    BOOK,
    Picture,
    figure_png,
    show,
)
from mathdl.plotting.projection import (
    Space,
    SpaceLine,
    SpaceText,
    level_lines,
    mesh,
    space,
)
from mathdl.plotting.style import in_style

__all__ = [
    "BACKGROUND",
    "BOOK",
    "CYCLE",
    "FOUR",
    "GRID",
    "INK",
    "MUTED",
    "ONE",
    "PANEL",
    "SHORT_DASH",
    "SPAN",
    "THREE",
    "TWO",
    "Picture",
    "Points",
    "Space",
    "SpaceLine",
    "SpaceText",
    "arrow",
    "bare",
    "chord",
    "contour_bands",
    "curve",
    "digit_image",
    "dots",
    "figure_png",
    "half_plane",
    "in_style",
    "ink_image",
    "label",
    "label_line",
    "level_lines",
    "mesh",
    "minima",
    "panels",
    "plane",
    "power_of_ten",
    "set_corners",
    "set_line",
    "show",
    "signed_field",
    "signed_image",
    "space",
    "start_ring",
]
