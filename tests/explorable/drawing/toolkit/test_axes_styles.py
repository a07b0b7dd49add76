"""The styles of an Axes."""

from explorable.drawing import toolkit
from explorable.drawing.toolkit import panels


def test_a_curve_has_no_frame_and_a_plane_one_and_equal_units() -> None:
    _, axes = panels(1)
    toolkit.style_curve(axes, "step", "loss", log="y")
    axes.set_ylim(1e-3, 1e3)
    assert [axes.spines[side].get_visible() for side in ("top", "right", "left")] == [False] * 3
    assert (axes.get_title(loc="left"), axes.get_ylabel()) == ("loss", "")
    words = [label.get_text() for label in axes.get_yticklabels()]
    powers = ["10⁻³", "10⁻²", "10⁻¹", "1", "10", "10²", "10³"]
    assert [word for word in words if word][1:-1] == powers
    _, axes = panels(1)
    toolkit.style_plane(axes, "x", "y", bounds=[[-2, 2], [-1, 1]])
    assert all(spine.get_visible() for spine in axes.spines.values())
    assert axes.get_aspect() == 1
    assert (axes.get_xlim(), axes.get_ylim()) == ((-2, 2), (-1, 1))
