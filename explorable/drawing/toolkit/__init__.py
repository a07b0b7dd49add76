"""What every figure of the book is drawn with: palette, panels, axes styles, marks, geometry.

The page shows the same drawing in light and dark: `explorable.drawing.svg` writes a CSS variable
wherever it meets a colour of the palette.
"""

from explorable.drawing.toolkit.axes_styles import (
    power_of_ten,
    style_bare,
    style_curve,
    style_plane,
)
from explorable.drawing.toolkit.geometry import SPAN, Points, arrow, half_plane
from explorable.drawing.toolkit.marks import (
    contour_bands,
    digit_image,
    dots,
    label,
    label_line,
    mark_minima,
    mark_start,
    opacity_rgba,
    signed_image,
    signed_rgba,
)
from explorable.drawing.toolkit.moving import MovingParts
from explorable.drawing.toolkit.palette import (
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
from explorable.drawing.toolkit.panels import panels
from explorable.drawing.toolkit.picture import BOOK, Picture, figure_png, show
from explorable.drawing.toolkit.projection import (
    Line3D,
    Text3D,
    View3D,
    level_lines,
    mesh,
    view_3d,
)
from explorable.drawing.toolkit.style import in_style

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
    "Line3D",
    "MovingParts",
    "Picture",
    "Points",
    "Text3D",
    "View3D",
    "arrow",
    "contour_bands",
    "digit_image",
    "dots",
    "figure_png",
    "half_plane",
    "in_style",
    "label",
    "label_line",
    "level_lines",
    "mark_minima",
    "mark_start",
    "mesh",
    "opacity_rgba",
    "panels",
    "power_of_ten",
    "show",
    "signed_image",
    "signed_rgba",
    "style_bare",
    "style_curve",
    "style_plane",
    "view_3d",
]
