"""The picture that stands beside a link to the book is what the kernels compute today."""

import io

import numpy as np
import pytest
from PIL import Image

from mathdl.gradient_descent import SURFACES
from tools import social


def pixels(file) -> np.ndarray:
    return np.asarray(Image.open(file).convert("RGB"), dtype=float)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> bytes:
    file = tmp_path_factory.mktemp("social") / "preview.png"
    social.main(file)
    return file.read_bytes()


def test_the_committed_picture_is_the_one_that_is_drawn(drawn):
    committed, fresh = pixels(social.FILE), pixels(io.BytesIO(drawn))
    assert committed.shape == fresh.shape == (630, 1200, 3)
    assert np.abs(committed - fresh).mean() < 0.1, "run: python -m tools.social"


def test_another_title_would_be_noticed(drawn):
    other = pixels(io.BytesIO(social.draw("The Mathematics of Deep Leaning")))
    assert np.abs(other - pixels(io.BytesIO(drawn))).mean() > 0.5


def test_the_picture_is_light_enough_for_hosts_that_show_links(drawn):
    assert len(drawn) < 100_000


def test_both_descents_end_in_one_minimum():
    surface = SURFACES["himmelblau"]
    for path in social.descents_shown().values():
        assert path[0].tolist() == list(social.START)
        distances = np.linalg.norm(surface.minima - path[-1], axis=1)
        assert distances.min() < 0.3
        assert distances.argmin() == 2
