"""A figure as SVG that follows the page."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure

from explorable.drawing.svg.figure import figure_svg
from explorable.drawing.toolkit import (
    ONE,
    TWO,
    contour_bands,
    digit_image,
    dots,
    mark_start,
    panels,
    show,
    signed_image,
    style_curve,
    style_plane,
)

SVG = "{http://www.w3.org/2000/svg}"


def drawing(title: str = "p"):
    figure, axes = panels(2)
    style_curve(axes[0], "step", title, log="y")
    axes[0].plot([0, 1, 2], [1, 0.1, 0.01], color=ONE)
    style_plane(axes[1], "θ₁", "θ₂", bounds=[[-1, 1], [-1, 1]])
    x = np.linspace(-1, 1, 21)
    contour_bands(axes[1], x, x, x**2 + x[:, None] ** 2, [0.3, 0.6])
    mark_start(axes[1], 0, 0)
    return figure, axes


def parts(html: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(html).iter())


def test_a_figure_is_one_picture_a_panel_in_the_colours_and_letters_of_the_page() -> None:
    figure, axes = drawing()
    html = figure_svg(figure, 'A <curve> & a "bowl".')
    root = ElementTree.fromstring(html)
    assert (root.get("role"), root.get("aria-label")) == ("img", 'A <curve> & a "bowl".')
    assert [child.tag for child in root] == [f"{SVG}svg"] * 2
    assert [child.get("viewBox") for child in root] == ["0 0 3500 3000"] * 2
    assert "#" not in html.replace("url(#", "")
    assert {"var(--ink)", "var(--muted)", "var(--one)", "var(--grid)", "var(--bg)"} <= set(
        re.findall(r"var\(--\w+\)", html)
    )
    assert not any(e.get("fill") == "var(--bg)" and e.tag.endswith("rect") for e in parts(html))
    words = {e.text: e for e in parts(html) if e.tag == f"{SVG}text"}
    assert {"10⁻²", "step", "θ₁", "p"} <= set(words)
    assert words["step"].get("text-anchor") == "middle"
    assert words["10⁻²"].get("text-anchor") == "end"
    assert words["θ₁"].get("font-style") == "italic"
    assert "−1.0" in words  # a true minus sign
    for data in re.findall(r' d="([^"]*)"', html):
        assert "." not in data
    assert not re.search(r' (?:x|y|width|height)="-?\d+\.', html)
    (path,) = [e for e in parts(html) if e.get("stroke") == "var(--one)"]
    steps = re.findall(r"-?\d+", path.get("d", ""))
    points = np.array(steps, float).reshape(-1, 2).cumsum(axis=0)
    expected = axes[0].transData.transform([[0, 1], [1, 0.1], [2, 0.01]])
    expected = np.column_stack([expected[:, 0], 300 - expected[:, 1]]) * 10
    np.testing.assert_allclose(points, expected, atol=1)
    other = figure_svg(drawing("q")[0], "x")
    ids = [re.findall(r'\bid="([^"]+)"', each) for each in (html, other)]
    assert ids[0]
    assert not set(ids[0]) & set(ids[1])


@pytest.mark.parametrize("filled", [False, True])
def test_points_that_nobody_would_see_are_left_out(filled: bool) -> None:
    figure, axes = panels(1)
    axes.set(xlim=(-2, 2), ylim=(-2, 2))
    angles = np.linspace(0, 2 * np.pi, 1001)
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    if filled:
        axes.fill(*circle.T, color=ONE)
    else:
        axes.plot(*circle.T, color=ONE)
    html = figure_svg(figure, "x")
    (data,) = [d for d in re.findall(r' d="([^"]*)"', html) if d.count(" ") > 50]
    points = np.array(re.findall(r"-?\d+", data), float).reshape(-1, 2).cumsum(axis=0)
    centre, corner = axes.transData.transform([[0, 0], [1, 1]])
    units = 10 * (corner - centre)  # in a radius
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    for near in (points, (points[1:] + points[:-1]) / 2):
        distance = np.hypot(*((near - middle) / units).T)
        np.testing.assert_allclose(distance, 1, atol=3 / units.min())
    assert 50 < len(points) < 250


@pytest.mark.parametrize(("marker", "shape"), [("o", "h0"), ("s", "z"), ("+", "M"), ("^", "z")])
def test_marks_stand_on_their_points(marker: str, shape: str) -> None:
    figure, axes = panels(1, width=100, height=100)
    style_plane(axes, bounds=[[0, 10], [0, 10]])
    axes.plot([2, 7], [3, 8], marker=marker, linestyle="none", markersize=8, color=TWO,
              markeredgewidth=2 if marker == "+" else 0)  # fmt: skip
    html = figure_svg(figure, "x")
    (path,) = [e for e in parts(html) if "var(--two)" in (e.get("stroke"), e.get("fill"))]
    assert shape in path.get("d", "")[1:]
    centres = axes.transData.transform([[2, 3], [7, 8]])
    corners = corner_boxes(path.get("d", ""), 2)
    expected = np.column_stack([centres[:, 0], 100 - centres[:, 1]]) * 10
    np.testing.assert_allclose(corners, expected, atol=2)


def corner_boxes(data: str, count: int) -> np.ndarray:
    """Return the middle of the box around each of so many equal parts of path data."""
    pieces = re.findall(r"M[^M]*", data)
    size = len(pieces) // count
    middles = []
    for start in range(0, len(pieces), size):
        points = []
        for piece in pieces[start : start + size]:
            numbers = re.findall(r"-?\d+", piece.replace("h0", ""))
            points.extend(np.array(numbers, float).reshape(-1, 2).cumsum(axis=0))
        points = np.array(points)
        middles.append((points.min(axis=0) + points.max(axis=0)) / 2)
    return np.array(middles)


def test_dots_on_a_line_are_written_once_and_scattered_ones_of_one_colour_are_one_path() -> None:
    figure, axes = panels(1)
    style_curve(axes)
    axes.plot(range(20), range(20), marker="o", color=ONE)
    html = figure_svg(figure, "x")
    (line,) = [e for e in parts(html) if e.get("marker-mid")]
    (marker,) = [e for e in parts(html) if e.tag == f"{SVG}marker"]
    assert line.get("marker-start") == f"url(#{marker.get('id')})"
    figure, axes = panels(1)
    dots(axes, range(30), range(30), color=[ONE] * 15 + [TWO] * 15)
    paths = [e for e in parts(figure_svg(figure, "x")) if "h0" in e.get("d", "")]
    assert [e.get("stroke") for e in paths] == ["var(--one)", "var(--two)"]
    assert [e.get("d", "").count("M") for e in paths] == [15, 15]


def test_pictures_become_alpha_masks_of_the_palettes_colours() -> None:
    figure, axes = panels(2)
    digit_image(axes[0], np.eye(8))
    signed_image(axes[1], [[-1, 1], [0.5, -0.5]])
    axes[1].text(0, 0, "KEY")
    elements = parts(figure_svg(figure, "x"))
    assert "KEY" in {e.text for e in elements}
    masked = sorted(e.get("fill", "") for e in elements if e.get("mask"))
    assert masked == ["var(--ink)", "var(--one)", "var(--two)"]
    images = [e for e in elements if e.tag == f"{SVG}image"]
    assert all(e.get("href", "").startswith("data:image/png;base64,") for e in images)
    figure, axes = panels(1)
    axes.imshow(np.random.default_rng(0).random((8, 8)), cmap="viridis")
    with pytest.raises(ValueError, match="drawn in colours of the palette"):
        figure_svg(figure, "x")
    with pytest.raises(ValueError, match=r"not made by explorable\.drawing\.toolkit\.panels"):
        figure_svg(Figure(), "x")


def test_far_away_points_do_not_spoil_the_line() -> None:
    figure, axes = panels(1, width=200, height=200)
    style_plane(axes, bounds=[[0, 1], [0, 1]])
    axes.plot([0.5, 1e7], [0.5, 1e7], color=ONE)
    (path,) = [e for e in parts(figure_svg(figure, "x")) if e.get("stroke") == "var(--one)"]
    numbers = [int(n) for n in re.findall(r"-?\d+", path.get("d", ""))]
    assert max(map(abs, numbers)) <= 40_000
    assert numbers[2] == pytest.approx(-numbers[3], abs=3)  # still at 45 degrees
    figure, axes = panels(1)
    axes.text(0.5, 0.5, r"$\theta_1^2$")
    spans = [e for e in parts(figure_svg(figure, "x")) if e.tag == f"{SVG}tspan"]
    assert [e.text for e in spans] == ["θ", "2", "1"] or {e.text for e in spans} == {"θ", "2", "1"}


def test_show_is_a_picture_in_a_notebook_and_svg_in_the_book(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("EXPLORABLE_BOOK", raising=False)
    bundle, metadata = show(drawing()[0], "A curve.")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png"}
    assert bundle["text/plain"] == "A curve."
    assert bundle["image/png"][:4] == b"\x89PNG"
    assert metadata["image/png"]["width"] == 700
    monkeypatch.setenv("EXPLORABLE_BOOK", "somewhere")
    assert "<svg" in show(drawing()[0], "A curve.")._repr_mimebundle_()[0]["text/html"]
    assert repr(show(drawing()[0], "A curve.")) == "A curve."
    with pytest.raises(ValueError, match="alternative text"):
        show(drawing()[0], " ")
