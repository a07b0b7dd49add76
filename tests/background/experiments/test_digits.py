"""Networks on the digits, over several draws."""

import numpy as np
import pytest

from mathdl.background import accuracy, best_affine_fit, hole_problem
from mathdl.background.experiments import digit_study
from mathdl.datasets import load_digits
from mathdl.forward import forward, initialize


@pytest.mark.proof
def test_each_kind_has_five_draws_and_the_first_is_the_chapters():
    study = digit_study()
    assert {len(part) for shares in study.values() for part in shares} == {5}
    x, y, x_test, y_test = hole_problem(load_digits())
    hidden = initialize([64, 8], output="relu", rng=np.random.default_rng(0))
    readout = best_affine_fit(forward(hidden, x).output, y)
    slid = np.roll(x_test.reshape(-1, 8, 8), -1, axis=2)
    slid[:, :, -1] = 0
    for part, images in zip(study["random", (8,)], (x_test, slid.reshape(-1, 64)), strict=True):
        assert part[0] == accuracy(forward([*hidden, readout], images).output, y_test)
    study = digit_study()
    for width in (2, 8, 32):
        learned, drawn = (study[kind, (width,)].as_they_are for kind in ("learned", "random"))
        assert learned.min() > drawn.max()
    one = study["learned", (32,)].as_they_are.mean()
    assert abs(study["learned", (32, 32)].as_they_are.mean() - one) < 0.01
