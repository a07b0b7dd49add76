"""Slices of the network's loss, and its digits."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from explorable.drawing.toolkit import INK, TWO
from mathdl.gradient_descent.experiments import reading_digits as digits
from mathdl.gradient_descent.figures import reading_digits


def test_slices_are_interpolated_between_their_points():
    seen, units = digits.slices()["own"], digits.slice_units()
    for row, column in [(0, 0), (5, 20), (32, 32)]:
        place = np.array([units[column], units[row]])
        found = reading_digits.between(seen.surface, place)
        assert found == pytest.approx(seen.surface[row, column])
    middle = np.array([units[4:6].mean(), units[7]])
    assert reading_digits.between(seen.surface, middle) == pytest.approx(
        np.sqrt(seen.surface[7, 4] * seen.surface[7, 5])
    )


def test_misread_digits_are_drawn_in_the_second_ink():
    images = np.ones((11, 64)) / 2
    wrong = np.arange(11) == 10
    page = reading_digits.digits_page(images, wrong)
    assert page.shape == (20, 108, 4)
    assert page[1, 0, :3] == pytest.approx(to_rgb(INK))
    assert page[11, 12, :3] == pytest.approx(to_rgb(TWO))
    assert page[11, 0, :3] == pytest.approx(to_rgb(INK))
    assert (page[:, 8:12, 3] == 0).all()  # room for the answer
