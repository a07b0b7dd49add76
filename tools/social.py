"""Draw the picture that stands beside a link to the book: ``python -m tools.social``.

Two descents on a landscape, computed by the kernels, beside the title of the book.
"""

import io
import sys
import textwrap
from pathlib import Path

import numpy as np
import yaml
from matplotlib.figure import Figure
from PIL import Image

from explorable.book import ENGINE, ROOT
from explorable.drawing.toolkit import (
    INK,
    MUTED,
    ONE,
    TWO,
    contour_bands,
    in_style,
    mark_minima,
    style_bare,
)
from mathdl.gradient_descent import SURFACES, descend, gradient_descent, momentum

FILE = ENGINE / "sphinx" / "assets" / "preview.png"
WIDTH, HEIGHT = 1200, 630  # what hosts that show links ask for
SHARE = 0.48  # of the width, for the landscape
REACH = 5.0  # of the landscape, to the left and to the right
START = (-0.35, -0.85)
INKS = 64  # enough for the edges of two lines on grey


def descents_shown() -> dict[str, np.ndarray]:
    """Return the two descents by their colour: plain, and with momentum."""
    gradient = SURFACES["himmelblau"].gradient
    return {
        TWO: descend(gradient, START, momentum(0.004, 0.85), 60),
        ONE: descend(gradient, START, gradient_descent(0.008), 40),
    }


@in_style
def draw(title: str) -> bytes:
    """Return the picture as PNG."""
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)
    axes = figure.add_axes((1 - SHARE, 0, SHARE, 1))
    surface = SURFACES["himmelblau"]
    style_bare(axes)
    right, top = REACH, REACH * HEIGHT / (SHARE * WIDTH)
    x, y = np.linspace(-right, right, 241), np.linspace(-top, top, 241)
    heights = surface.value(np.stack(np.meshgrid(x, y), axis=-1))
    contour_bands(axes, x, y, heights, 560 * np.linspace(0.1, 1, 11) ** 2)
    axes.set(xlim=(-right, right), ylim=(-top, top))
    mark_minima(axes, surface.minima).set(markersize=18, markeredgewidth=3.5, zorder=5)
    for colour, path in descents_shown().items():
        axes.plot(*path.T, color=colour, linewidth=5, zorder=3)
    axes.plot(*START, "o", color="white", markersize=24, markeredgecolor=INK, markeredgewidth=4,
              zorder=4)  # fmt: skip
    figure.text(0.06, 0.62, textwrap.fill(title, 17), color=INK, fontsize=50, fontweight="bold",
                va="center", linespacing=1.25)  # fmt: skip
    figure.text(0.06, 0.33, "Derivations, NumPy that runs\nthem, figures to move", color=MUTED,
                fontsize=31, family="DejaVu Serif", va="center", linespacing=1.5)  # fmt: skip
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=72, metadata={"Software": None})
    picture = Image.open(drawn).convert("RGB").quantize(INKS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    picture.save(written, format="png", optimize=True)
    return written.getvalue()


def main(file: Path = FILE) -> int:
    """Write the picture."""
    title = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]
    file.write_bytes(draw(title))
    print(f"{file}: {file.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
