"""The colours of the book.

Each colour has a role that it keeps through the whole book: ``ONE`` is the thing studied, ``TWO``
what it is compared with, ``THREE`` the truth or the bound from theory, ``FOUR`` a rare fourth.
The hexes are those of the light page.
"""

from explorable.drawing.svg.tokens import TOKENS

INK = TOKENS["ink"]
"""Text, axes, and what is neither one nor the other."""

MUTED = TOKENS["muted"]
"""What stands back: numbers at the axes, remarks."""

ONE = TOKENS["one"]
"""The thing studied."""

TWO = TOKENS["two"]
"""What it is compared with."""

THREE = TOKENS["three"]
"""The truth, or the bound from theory."""

FOUR = TOKENS["four"]
"""A rare fourth."""

BACKGROUND = TOKENS["bg"]
"""The page."""

PANEL = TOKENS["panel"]
"""What is set off from the page."""

GRID = TOKENS["grid"]
"""Lines of the grid and of axes."""

CYCLE = (ONE, TWO, THREE, FOUR)
"""The colours of what is compared, in order."""

SHORT_DASH = (0, (4, 3))
"""The line style of borders and of what is only expected."""
