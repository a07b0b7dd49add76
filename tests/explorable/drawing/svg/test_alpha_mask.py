"""A picture in the page stands as it stands in the notebook, whichever end its first row is at."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from explorable.drawing.svg.figure import figure_svg
from explorable.drawing.toolkit import digit_image, panels, signed_image


def rows_from_the_top(svg):
    """Decode the first alpha mask of an SVG and return the first pixel of each row."""
    data = base64.b64decode(re.search(r"base64,([^\"]+)", svg)[1])
    return np.asarray(Image.open(io.BytesIO(data)))[:, 0].tolist()


def as_digit(axes, picture):
    digit_image(axes, picture)


def on_axes_that_point_down(axes, picture):
    axes.set(xlim=(0, 8), ylim=(8, 0))
    signed_image(axes, picture, extent=(0, 8, 8, 0), origin="upper")


def as_field(axes, picture):
    axes.set(xlim=(0, 8), ylim=(0, 8))
    signed_image(axes, picture[::-1], extent=(0, 8, 0, 8))


@pytest.mark.parametrize("draw", [as_digit, on_axes_that_point_down, as_field])
def test_inked_row_stands_on_top(draw):
    picture = np.zeros((8, 8))
    picture[0], picture[1] = 1.0, 0.2
    figure, axes = panels(1)
    draw(axes, picture)
    assert rows_from_the_top(figure_svg(figure, "a picture")) == [255, 51, 0, 0, 0, 0, 0, 0]
