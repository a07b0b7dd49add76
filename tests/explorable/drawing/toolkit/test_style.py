"""The look of the book, whatever the reader's settings."""

import matplotlib
import matplotlib.style

from explorable.drawing.svg import figure_svg
from explorable.drawing.toolkit import (
    figure_png,
    label_line,
    panels,
    show,
    style_curve,
    style_plane,
    view_3d,
)


def sample() -> tuple[bytes, str]:
    """Draw something of every kind, and return it as a notebook and as the page shows it."""
    figure, axes = panels(3)
    style_curve(axes[0], "x", "y", log="y")
    (line,) = axes[0].plot([1, 2, 3], [1, 10, 100], label="a line")
    axes[0].scatter([1, 2], [20, 30])
    axes[0].legend()
    label_line(line, "a name")
    style_plane(axes[1], "u", "v", bounds=[[0, 5], [0, 5]])
    axes[1].fill_between([1, 2], [1, 2])
    axes[1].bar([3, 4], [1, 2])
    axes[1].text(1, 4, "a word")
    box = view_3d(axes[2], [[0, 1]] * 3)
    box.floor("p", "q")
    box.line([[0, 0, 0], [1, 1, 1]])
    return figure_png(figure), show(figure, "A sample.").html or figure_svg(figure, "A sample.")


def settings() -> dict[str, object]:
    # Reading the backend chooses one.
    return {key: value for key, value in matplotlib.rcParams.copy().items() if key != "backend"}


def test_drawing_neither_depends_on_the_settings_of_the_reader_nor_changes_them() -> None:
    usual = sample()
    with matplotlib.style.context(["fivethirtyeight", "dark_background"]):
        matplotlib.rcParams.update({"lines.linewidth": 7, "font.size": 30, "patch.linewidth": 5,
                                    "figure.dpi": 200, "savefig.facecolor": "red"})  # fmt: skip
        before = settings()
        assert sample() == usual
        assert settings() == before
