"""The look that all figures share."""

import itertools

import matplotlib
import matplotlib.style
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from mathdl import plotting as look
from mathdl.plotting import figure_png, label_line, panels, show, style_curve, style_plane, view_3d
from mathdl.svg import figure_svg, panel_cells

DARK = {
    "ink": "#e6e9ee", "muted": "#a3adbb", "one": "#5c80fd", "two": "#fd811f", "three": "#89ba99",
    "four": "#b285a9",
}  # fmt: skip


def luminance(colour: str) -> float:
    channels = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, two: str) -> float:
    bright, dim = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("token", ["INK", "MUTED", "ONE", "TWO", "THREE", "FOUR"])
def test_every_ink_stands_out_from_page_and_panel(token: str) -> None:
    light, dark = getattr(look, token), DARK[token.lower()]
    least = 4.5 if token in ("INK", "MUTED") else 3.3
    assert min(contrast(light, "#ffffff"), contrast(light, "#f7f8fa")) >= least
    assert min(contrast(dark, "#14181e"), contrast(dark, "#1b2028")) >= least


def test_panels_never_reach_into_one_another() -> None:
    figure, axes = panels(3, widths=[1, 2, 1])
    for index, panel in enumerate(axes):
        look.style_curve(panel, f"a rather long label {index}", "height")
        panel.set(xlim=(0, 123456), ylim=(-1e5, 1e5))
    figure.draw_without_rendering()
    cells = list(panel_cells(figure).values())
    np.testing.assert_allclose([cell.width for cell in cells], [175, 350, 175])
    for panel, cell in zip(axes, cells, strict=True):
        box = panel.get_tightbbox()
        assert cell.left <= box.x0
        assert box.x1 <= cell.left + cell.width + 1e-6
        assert box.y0 >= -1e-6
        assert box.y1 <= cell.height + 1e-6


def test_panels_of_a_row_share_their_floor() -> None:
    figure, axes = panels(2)
    look.style_curve(axes[0], "x", "y")
    look.style_curve(axes[1])
    figure.draw_without_rendering()
    assert axes[0].bbox.y0 == pytest.approx(axes[1].bbox.y0)


def test_panels_in_rows() -> None:
    figure, _ = panels(4, columns=2, height=100)
    assert figure.get_size_inches().tolist() == [700 / 72, 200 / 72]
    lefts = [cell.left for cell in panel_cells(figure).values()]
    assert lefts == [0, 350, 0, 350]
    with pytest.raises(ValueError, match="one number a column"):
        panels(4, columns=2, widths=[1, 2, 3])


def test_a_curve_has_no_frame_and_its_labels_stand_upright() -> None:
    _, axes = panels(1)
    look.style_curve(axes, "step", "loss", log="y")
    axes.set_ylim(1e-3, 1e3)
    assert [axes.spines[side].get_visible() for side in ("top", "right", "left")] == [False] * 3
    assert (axes.get_title(loc="left"), axes.get_ylabel()) == ("loss", "")
    words = [label.get_text() for label in axes.get_yticklabels()]
    assert [word for word in words if word][1:-1] == [
        "10⁻³",
        "10⁻²",
        "10⁻¹",
        "1",
        "10",
        "10²",
        "10³",
    ]


def test_a_plane_has_a_frame_and_equal_units() -> None:
    _, axes = panels(1)
    look.style_plane(axes, "x", "y", bounds=[[-2, 2], [-1, 1]])
    assert all(spine.get_visible() for spine in axes.spines.values())
    assert axes.get_aspect() == 1
    assert (axes.get_xlim(), axes.get_ylim()) == ((-2, 2), (-1, 1))


def test_a_line_is_named_beside_it_in_its_colour() -> None:
    _, axes = panels(1)
    (line,) = axes.plot([0, 1, 2], [0, 1, 4])
    name = look.label_line(line, "square", at=1, dx=6)
    assert (name.xy, name.get_color(), name.get_ha()) == ((1, 1), look.ONE, "left")
    assert look.label_line(line, "square", dx=-6).get_ha() == "right"


def test_contour_bands_get_darker_downhill() -> None:
    _, axes = panels(1)
    x = np.linspace(-2, 2, 41)
    bands = look.contour_bands(axes, x, x, x**2 + x[:, None] ** 2, [0.5, 1, 2, 99])
    assert len(bands) == 5  # four nested areas, one set of lines
    inner, outer = bands[0].get_paths()[0], bands[1].get_paths()[0]
    assert outer.contains_point((0.9, 0)) and not inner.contains_point((0.9, 0))  # noqa: PT018
    assert list(bands[-1].levels) == [0.5, 1, 2]
    assert bands[-1].get_alpha() == 0.2


def test_pictures_are_tokens_thinned_by_opacity() -> None:
    picture = look.signed_rgba([[-2, 0, 1]])
    assert picture[0, :, 3].tolist() == [1, 0, 0.5]
    np.testing.assert_allclose(picture[0, 0, :3], to_rgb(look.TWO))
    np.testing.assert_allclose(picture[0, 2, :3], to_rgb(look.ONE))
    assert look.signed_rgba([[0.0]])[0, 0, 3] == 0


def test_a_digit_comes_flat_or_square() -> None:
    _, axes = panels(2)
    flat = look.digit_image(axes[0], np.arange(64) / 63)
    square = look.digit_image(axes[1], (np.arange(64) / 63).reshape(8, 8))
    assert np.array_equal(flat.get_array(), square.get_array())
    assert not axes[0].axison


def test_a_field_on_a_plane_keeps_its_limits() -> None:
    _, axes = panels(1)
    look.style_plane(axes, bounds=[[-3, 3], [-3, 3]])
    look.signed_image(axes, np.eye(4), extent=(-1, 1, -1, 1))
    assert axes.get_xlim() == (-3, 3)


def test_inks_differ_for_every_pair() -> None:
    inks = [look.INK, look.ONE, look.TWO, look.THREE, look.FOUR]
    assert all(one != two for one, two in itertools.combinations(inks, 2))


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


def test_drawing_leaves_the_settings_of_the_reader_as_they_were() -> None:
    before = settings()
    sample()
    assert settings() == before


def test_drawing_does_not_depend_on_the_settings_of_the_reader() -> None:
    usual = sample()
    with matplotlib.style.context(["fivethirtyeight", "dark_background"]):
        matplotlib.rcParams.update({"lines.linewidth": 7, "font.size": 30, "patch.linewidth": 5,
                                    "figure.dpi": 200, "savefig.facecolor": "red"})  # fmt: skip
        assert sample() == usual
        assert matplotlib.rcParams["lines.linewidth"] == 7
