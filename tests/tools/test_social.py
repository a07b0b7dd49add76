"""The picture that stands beside a link to the book is what the kernels compute today."""

import numpy as np
from PIL import Image

from tools import social


def pixels(file) -> np.ndarray:
    return np.asarray(Image.open(file).convert("RGB"), dtype=float)


def test_the_committed_picture_is_the_one_that_is_drawn(tmp_path):
    file = tmp_path / "preview.png"
    social.main(file)
    committed, fresh = pixels(social.FILE), pixels(file)
    assert committed.shape == fresh.shape == (630, 1200, 3)
    assert np.abs(committed - fresh).mean() < 0.1, "run: python -m tools.social"
    assert file.stat().st_size < 100_000  # for hosts that show links
