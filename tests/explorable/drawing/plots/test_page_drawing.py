"""Small charts and pictures as the page draws them: every shape and attribute, as SVG."""

import numpy as np
import pytest

from explorable.drawing.plots import Plot, bars, image, lines, points
from explorable.drawing.plots.page import _in_blocks, _thinned, drawing

NAN = np.nan


def svg(plot: Plot) -> str:
    """Write a drawing, a shape a line, with the groups of attributes that the look has."""
    described = drawing(plot.content)
    assert described["label"] == repr(plot)
    assert set(described) == {"width", "height", "label", "shapes"}
    lines = [f"{described['width']} x {described['height']}"]
    for tag, attributes, *text in described["shapes"]:
        written = " ".join(f"{name}={value}" for name, value in attributes.items())
        for look, words in LOOKS.items():
            written = written.replace(words, look)
        lines.append(f"{tag} {written}" + "".join(f": {word}" for word in text))
    return "\n".join(lines) + "\n"


LOOKS = {
    "HAIRLINE": "stroke=grid stroke-width=1",
    "TICK": "text-anchor=end fill=muted font-size=11",
    "SMALL": "text-anchor=middle fill=muted font-size=11",
    "LABEL": "fill=ink font-style=italic font-size=12",
    "BOLD": "font-size=12 font-weight=bold",
    "DOTS": "stroke-width=5 opacity=0.8",
    "CRISP": "shape-rendering=crispEdges",
}


def of(plot: Plot, *beginnings: str) -> list[str]:
    """Return the lines of the SVG that hold one of some words."""
    return [line for line in svg(plot).splitlines() if any(word in line for word in beginnings)]


def named(plot: Plot) -> list[str]:
    return of(plot, "BOLD")


# Whole charts. The numbers are pixels: a letter of a tick takes 6.3 of them, one of a name 6.93.


def test_lines_with_names_labels_a_gap_and_a_note():
    plot = lines(
        [0.0, 1.0, 2.0, 3.0],
        {"rise": [1.0, 2.0, NAN, 4.0], "fall": [3.0, 1.0, 2.0, 1.0]},
        x_label="epoch",
        y_label="loss",
    )
    assert svg(plot) == (
        "400 x 284\n"
        "path d=M16.3 217H364.3 HAIRLINE\n"
        "text x=10.3 y=221.0 TICK: 1\n"
        "path d=M16.3 157H364.3 HAIRLINE\n"
        "text x=10.3 y=161.0 TICK: 2\n"
        "path d=M16.3 97H364.3 HAIRLINE\n"
        "text x=10.3 y=101.0 TICK: 3\n"
        "path d=M16.3 37H364.3 HAIRLINE\n"
        "text x=10.3 y=41.0 TICK: 4\n"
        "text x=16.3 y=242.0 SMALL: 0\n"
        "text x=132.3 y=242.0 SMALL: 1\n"
        "text x=248.3 y=242.0 SMALL: 2\n"
        "text x=364.3 y=242.0 SMALL: 3\n"
        "text x=4.0 y=14.0 text-anchor=start LABEL: loss\n"
        "text x=190.3 y=261.0 text-anchor=middle LABEL: epoch\n"
        "text x=190.3 y=279.0 SMALL: left out: 1 not finite\n"
        "path d=M16.3 217L132.3 157M364.3 37 stroke=one stroke-width=2\n"
        "path d=M16.3 97L132.3 217L248.3 157L364.3 217 stroke=two stroke-width=2\n"
        "text x=370.3 y=41.0 text-anchor=start fill=one BOLD: rise\n"
        "text x=370.3 y=221.0 text-anchor=start fill=two BOLD: fall\n"
    )


def test_points_on_log_axes_without_names_and_labels():
    assert svg(points([1.0, 10.0, 1.0, 100.0], [10.0, 1.0, 10.0, 2.0], log="xy")) == (
        "400 x 270\n"
        "path d=M22.6 233.5H392 HAIRLINE\n"
        "text x=16.6 y=237.5 TICK: 1\n"
        "path d=M22.6 170H392 HAIRLINE\n"
        "text x=16.6 y=174.0 TICK: 2\n"
        "path d=M22.6 86H392 HAIRLINE\n"
        "text x=16.6 y=90.0 TICK: 5\n"
        "path d=M22.6 22.5H392 HAIRLINE\n"
        "text x=16.6 y=26.5 TICK: 10\n"
        "text x=39.4 y=260.0 SMALL: 1\n"
        "text x=207.3 y=260.0 SMALL: 10\n"
        "text x=375.2 y=260.0 SMALL: 100\n"
        "path d=M39.4 22.5h0M207.3 233.5h0M375.2 170h0 stroke=one DOTS\n"
    )


def test_bars_of_both_signs_and_one_that_is_left_out():
    assert svg(bars([2.0, -1.0, NAN], ["up", "down", "lost"], y_label="score")) == (
        "400 x 284\n"
        "path d=M22.6 234.2H392 HAIRLINE\n"
        "text x=16.6 y=238.2 TICK: −1\n"
        "path d=M22.6 168.7H392 HAIRLINE\n"
        "text x=16.6 y=172.7 TICK: 0\n"
        "path d=M22.6 103.3H392 HAIRLINE\n"
        "text x=16.6 y=107.3 TICK: 1\n"
        "path d=M22.6 37.8H392 HAIRLINE\n"
        "text x=16.6 y=41.8 TICK: 2\n"
        "text x=91.9 y=260.0 SMALL: up\n"
        "text x=207.3 y=260.0 SMALL: down\n"
        "text x=322.7 y=260.0 SMALL: lost\n"
        "path d=M22.6 168.7H392 stroke=ink stroke-width=1\n"
        "text x=4.0 y=14.0 text-anchor=start LABEL: score\n"
        "text x=207.3 y=279.0 SMALL: left out: 1 not finite\n"
        "path d=M51.5 168.7V37.8H132.3V168.7zM166.9 168.7V234.2H247.7V168.7z fill=one\n"
    )


def test_pictures_have_a_path_for_each_amount_of_ink():
    assert svg(image([[0.0, 16.0], [32.0, 16.0], [-1.0, -16.0]])) == (
        "160 x 240\n"
        "path d=M80 0h80v80h-80zM80 80h80v80h-80z fill=one opacity=0.5 CRISP\n"
        "path d=M0 80h80v80h-80z fill=one opacity=1.0 CRISP\n"
        "path d=M0 160h80v80h-80z fill=two opacity=0.031 CRISP\n"
        "path d=M80 160h80v80h-80z fill=two opacity=0.5 CRISP\n"
        "path d=M0 0H160V240H0z HAIRLINE\n"
    )
    assert svg(image([[0.0, 1.0, 0.5, 0.5]])) == (
        "400 x 100\n"
        "path d=M200 0h100v100h-100zM300 0h100v100h-100z fill=ink opacity=0.5 CRISP\n"
        "path d=M100 0h100v100h-100z fill=ink opacity=1.0 CRISP\n"
        "path d=M0 0H400V100H0z HAIRLINE\n"
    )


# Edges


@pytest.mark.parametrize(
    ("heights", "drawn"),
    [
        ([5.0], "M204.2 128h0 stroke=one DOTS"),
        ([0.0, NAN, 4.0], "M16.3 233.5h0M392 22.5h0 stroke=one DOTS"),
        ([NAN, 0.0, 4.0], "M204.2 233.5L392 22.5 stroke=one stroke-width=2"),
        ([0.0, 4.0, NAN], "M16.3 233.5L204.2 22.5 stroke=one stroke-width=2"),
        ([0.0, NAN, NAN, 2.0, 4.0], "M16.3 233.5M298.1 128L392 22.5 stroke=one stroke-width=2"),
    ],
)
def test_a_line_is_drawn_as_points_where_it_could_join_no_two(heights, drawn):
    assert of(lines(heights), "stroke=one") == [f"path d={drawn}"]


@pytest.mark.parametrize("x", [[-1.0, 1.0, 10.0], [0.0, 1.0, 10.0], [np.inf, 1.0, 10.0]])
def test_a_place_that_the_axis_does_not_have_is_left_out(x):
    for log in ("x", "xy"):
        whole, rest = lines(x, [5.0, 1.0, 2.0], log=log), lines(x[1:], [1.0, 2.0], log=log)
        assert of(whole, "stroke", "TICK") == of(rest, "stroke", "TICK")


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["abcd"] * 14, 14),
        (["abcde"] + ["a"] * 11, 6),
        (["long name"] * 12, 6),
        (["long name"] * 13, 7),
        (["long name"] * 14, 5),
        (["", ""], 2),
    ],
)
def test_names_of_bars_are_left_out_where_they_would_touch(names, shown):
    written = of(bars(np.arange(len(names)), names), "SMALL")
    assert len(written) == shown
    every = -(-len(names) // shown)
    assert [line.split(": ")[1] for line in written] == names[::every]


def test_a_long_name_leaves_a_chart_of_120_pixels():
    plot = lines({"z" * 60: [0.0, 1.0, 1.5]})
    assert of(plot, "stroke=one", "BOLD") == [
        "path d=M28.9 233.5L88.9 92.8L148.9 22.5 stroke=one stroke-width=2",
        f"text x=154.9 y=26.5 text-anchor=start fill=one BOLD: {'z' * 60}",
    ]


def test_names_stand_beside_the_end_of_a_line_and_the_rightmost_point_of_a_group():
    x = [2.0, 4.0, 1.0, 0.0, 3.0]
    heights = [0.0, 1.0, 2.0, 3.0, NAN]
    beside = "text-anchor=start fill=one BOLD: a"
    assert named(lines(x, {"a": heights})) == [f"text x=22.3 y=26.5 {beside}"]
    assert named(points(x, heights, ["a"] * 5)) == [f"text x=374.3 y=167.2 {beside}"]


@pytest.mark.parametrize(
    ("ends", "order", "y"),
    [
        # A name needs 14 pixels.
        ([5.0, 5.0, 5.1], "cab", [129.9, 143.9, 157.9]),
        ([5.0, 9.0, 4.9], "bac", [47.6, 132.0, 146.0]),
        # The last one stands on the axis.
        ([0.0, 0.0, 0.0], "abc", [220.0, 234.0, 248.0]),
    ],
)
def test_names_that_would_lie_on_one_another_are_moved_apart(ends, order, y):
    plot = lines({"a": [1.0, ends[0]], "b": [0.0, ends[1]], "c": [10.0, ends[2]]})
    inks = dict(zip("abc", ("one", "two", "three"), strict=True))
    assert named(plot) == [
        f"text x=391.1 y={height} text-anchor=start fill={inks[name]} BOLD: {name}"
        for name, height in zip(order, y, strict=True)
    ]


def test_names_of_groups_are_ordered_by_their_heights_not_by_their_places():
    plot = points([0.0, 1.0, 2.0, 3.0], [4.0, 3.0, 2.0, 1.0], ["d", "c", "b", "a"])
    assert [line[-1] for line in named(plot)] == ["d", "c", "b", "a"]
    plot = points([3.0, 2.0, 1.0, 0.0], [4.0, 3.0, 2.0, 1.0], ["d", "c", "b", "a"])
    assert [line[-1] for line in named(plot)] == ["d", "c", "b", "a"]


# What is too much for the page


def test_a_line_is_thinned_from_2001_numbers_on():
    for n, kept in ((2000, range(2000)), (2001, [0, *range(3, 2001, 2), 2000])):
        x, y = _thinned(np.arange(float(n)), np.zeros(n))
        assert x.tolist() == list(kept)
        assert len(y) == len(x)


def test_each_stretch_of_a_long_line_keeps_its_extremes_its_ends_and_its_gap():
    y = np.tile([1.0, 0.0, 2.0], 1000)
    y[-3:] = 0.0, 2.0, 1.0
    y[30:33] = NAN
    y[60:63] = 1.0, NAN, NAN
    y[90:93] = NAN, 1.0, 1.0
    kept = {3 * stretch + place for stretch in range(1000) for place in (1, 2)}
    kept |= {0, 30, 60, 61, 90, 91, 2997, 2998, 2999}
    kept -= {31, 32, 62, 92}
    np.testing.assert_array_equal(_thinned(np.arange(3000.0), y)[0], sorted(kept))


@pytest.mark.parametrize("shape", [(128, 3), (3, 128), (128, 128), (64, 64), (65, 1)])
def test_a_large_picture_is_drawn_by_the_means_of_blocks(shape):
    values = np.arange(float(np.prod(shape))).reshape(shape)
    rows, columns = (np.array_split(np.arange(n), min(n, 64)) for n in shape)
    means = [[values[np.ix_(row, column)].mean() for column in columns] for row in rows]
    np.testing.assert_allclose(_in_blocks(values), means)


def test_even_the_narrowest_picture_is_a_pixel_wide():
    for shape, size in (((1000, 1), "1 x 240"), ((1, 1000), "400 x 1")):
        assert svg(image(np.ones(shape))).splitlines()[0] == size
