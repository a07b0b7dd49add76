"""The colours of the book.

Each colour has a role that it keeps through the whole book: ``ONE`` is the thing studied, ``TWO``
what it is compared with, ``THREE`` the truth or the bound from theory, ``FOUR`` a rare fourth.
The hexes are those of the light page.
"""

from mathdl.svg.tokens import TOKENS

INK = TOKENS["ink"]
MUTED = TOKENS["muted"]
ONE = TOKENS["one"]
TWO = TOKENS["two"]
THREE = TOKENS["three"]
FOUR = TOKENS["four"]
BACKGROUND = TOKENS["bg"]
PANEL = TOKENS["panel"]
GRID = TOKENS["grid"]

CYCLE = (ONE, TWO, THREE, FOUR)
"""The colours of what is compared, in order."""

SHORT_DASH = (0, (4, 3))
"""The line style of borders and of what is only expected."""
