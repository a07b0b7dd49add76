"""Charts and pictures as the notebook draws them: the artists, and where they stand."""

import matplotlib.colors as colors
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from explorable.drawing.plots import Plot, bars, image, lines, notebook, points
from explorable.drawing.plots.chart import Chart, Series
from explorable.drawing.svg import PIXELS_PER_INCH
from explorable.drawing.svg.tokens import TOKENS

NAN = np.nan


@pytest.fixture
def drawn(monkeypatch):
    """Return a function that draws a plot and returns its Axes."""
    kept = []
    monkeypatch.setattr(notebook, "show", lambda *shown: kept.append(shown))

    def draw(plot: Plot) -> Axes:
        notebook.picture(plot.content)
        figure, alternative = kept.pop()
        assert alternative == repr(plot)
        (axes,) = figure.axes
        return axes

    return draw


def names(axes: Axes) -> list[tuple]:
    """Return what is written beside the numbers: text, place, distance and colour."""
    written = [child for child in axes.get_children() if isinstance(child, Annotation)]
    return [(each.get_text(), each.xy, each.xyann, each.get_color()) for each in written]


def ticks(axes: Axes, name: str) -> dict[float, str]:
    axis = getattr(axes, f"{name}axis")
    words = [label.get_text() for label in axis.get_ticklabels()]
    return dict(zip(axis.get_ticklocs().tolist(), words, strict=True))


def labels(axes: Axes) -> tuple[str, str]:
    return axes.get_xlabel(), axes.get_title(loc="left")


def size(axes: Axes) -> list[float]:
    assert axes.figure is not None
    return [round(inches * PIXELS_PER_INCH) for inches in axes.figure.get_size_inches()]


def test_points_have_colours_sizes_names_and_labels(drawn):
    axes = drawn(
        points(
            [1.0, 3.0, 2.0, 4.0],
            [3.0, 1.0, -1.0, NAN],
            ["a", "a", "b", "b"],
            x_label="width",
            y_label="height",
        )
    )
    first, second = axes.collections
    np.testing.assert_array_equal(first.get_offsets(), [[1.0, 3.0], [3.0, 1.0]])
    np.testing.assert_array_equal(second.get_offsets()[:1], [[2.0, -1.0]])
    for dots, ink in ((first, "one"), (second, "two")):
        assert colors.to_hex(dots.get_facecolor()[0]) == TOKENS[ink]
        assert dots.get_sizes().tolist() == [25.0]
    assert names(axes) == [
        ("a", (3.0, 1.0), (6, 0), TOKENS["one"]),
        ("b", (2.0, -1.0), (6, 0), TOKENS["two"]),
    ]
    assert labels(axes) == ("width\nleft out: 1 not finite", "height")
    assert axes.get_xlim() == pytest.approx((0.85, 4.15))
    assert axes.get_ylim() == pytest.approx((-1.2, 3.2))
    assert ticks(axes, "y") == {-1.0: "−1", 0.0: "0", 1.0: "1", 2.0: "2", 3.0: "3"}
    assert ticks(axes, "x") == {1.0: "1", 2.0: "2", 3.0: "3", 4.0: "4"}
    assert size(axes) == [400, 270]


def test_bars_have_names_and_stand_on_a_line(drawn):
    axes = drawn(bars([1.0, -2.0, NAN], ["up", "down", "lost"], y_label="score"))
    assert [
        (bar.get_x() + bar.get_width() / 2, bar.get_height(), round(bar.get_width(), 9))
        for bar in axes.patches
    ] == [(0.0, 1.0, 0.7), (1.0, -2.0, 0.7), (2.0, 0.0, 0.7)]
    assert {colors.to_hex(bar.get_facecolor()) for bar in axes.patches} == {TOKENS["one"]}
    (base,) = axes.get_lines()
    assert (base.get_color(), base.get_linewidth()) == (TOKENS["ink"], 1)
    assert list(base.get_ydata()) == [0, 0]
    assert ticks(axes, "x") == {0: "up", 1: "down", 2: "lost"}
    assert labels(axes) == ("left out: 1 not finite", "score")
    assert axes.get_xlim() == pytest.approx((-0.6, 2.6))
    assert not axes.collections
    assert names(axes) == []


def test_lines_are_named_at_their_last_number(drawn):
    axes = drawn(lines([5.0, 6.0, 7.0, 8.0], {"a": [1.0, 2.0, 3.0, NAN], "b": [4.0, 3, 2, 1]}))
    first, second = axes.get_lines()
    np.testing.assert_array_equal(first.get_xdata(), [5.0, 6.0, 7.0, 8.0])
    assert [line.get_color() for line in (first, second)] == [TOKENS["one"], TOKENS["two"]]
    assert names(axes) == [
        ("a", (7.0, 3.0), (6, 0), TOKENS["one"]),
        ("b", (8.0, 1.0), (6, 0), TOKENS["two"]),
    ]
    assert names(drawn(lines([1.0, 2.0]))) == []


def test_each_kind_takes_the_ink_of_its_numbers(drawn):
    series = Series("", np.array([0.0, 1.0]), np.array([1.0, 2.0]), "three")
    (line,) = drawn(Plot(Chart("lines", (series,)))).get_lines()
    (dots,) = drawn(Plot(Chart("points", (series,)))).collections
    bar, _ = drawn(Plot(Chart("bars", (series,), names=("a", "b")))).patches
    for ink in (line.get_color(), dots.get_facecolor()[0], bar.get_facecolor()):
        assert colors.to_hex(ink) == TOKENS["three"]


@pytest.mark.parametrize(
    ("heights", "marker"),
    [
        ([1.0], "o"),
        ([1.0, NAN, 2.0], "o"),
        ([NAN, 1.0, NAN, 2.0], "o"),
        ([1.0, 2.0, NAN], "None"),
        ([NAN, 1.0, 2.0], "None"),
        ([1.0, NAN, NAN, 2.0, 3.0], "None"),
        ([1.0, 2.0], "None"),
    ],
)
def test_a_line_that_could_join_no_two_numbers_has_marks(drawn, heights, marker):
    (line,) = drawn(lines(heights)).get_lines()
    assert line.get_marker() == marker


@pytest.mark.parametrize(
    ("values", "inks", "opacities"),
    [
        ([[0.0, 1.0, 4.0]], ["ink", "ink", "ink"], [0.0, 0.25, 1.0]),
        ([[-2.0, 1.0, 4.0]], ["two", "one", "one"], [0.5, 0.25, 1.0]),
    ],
)
def test_a_picture_is_ink_or_has_two_colours_for_two_signs(drawn, values, inks, opacities):
    axes = drawn(image(values))
    (shown,) = axes.images
    (row,) = shown.get_array()
    assert [colors.to_hex(pixel[:3]) for pixel in row] == [TOKENS[ink] for ink in inks]
    assert row[:, 3].tolist() == opacities
    assert not axes.axison
    assert size(axes) == [400, 240]
