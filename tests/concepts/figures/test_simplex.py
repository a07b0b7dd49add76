"""The simplex and softmax."""

import itertools

import numpy as np
import pytest

from explorable.drawing.toolkit import panels
from mathdl import concepts
from mathdl.concepts import figures, likelihood
from mathdl.concepts.figures.simplex import MOTIONS, WRONG, on_simplex, simplex_motion


@pytest.mark.parametrize("loss", ["cross-entropy", "squared error"])
def test_probabilities_move_as_descent_on_the_logits_says(axes, loss):
    lines = figures.draw_simplex_motion(axes, loss, 1, n_steps=3)
    path = simplex_motion(loss, 1, 3)
    assert len(lines) == path.shape[1] == 10
    for line, p in zip(lines, np.moveaxis(path, 1, 0), strict=True):
        assert line.get_xydata() == pytest.approx(on_simplex(p))
        z, y = np.log(p[0]), np.eye(3)[1]
        for after in p[1:]:
            here = concepts.softmax(z)
            gradient = here - y
            if loss == "squared error":
                gradient = likelihood.softmax_jacobian(z) @ gradient
            z = z - MOTIONS[loss][1] * gradient
            assert concepts.softmax(z) == pytest.approx(after)


def test_only_the_squared_error_is_stuck_where_it_is_wrong():
    entropy, square = (simplex_motion(loss, 1, 8)[-1, :, 1] for loss in MOTIONS)
    assert entropy.min() > 0.9
    assert square[: len(WRONG)].max() < 0.1
    assert square[len(WRONG) :].min() > 0.85
    assert simplex_motion("cross-entropy", 1, 2)[-1, :, 1].min() > 0.3  # two steps off the edge


def test_the_rates_of_the_motions_are_half_of_what_is_safe():
    largest = dict.fromkeys(MOTIONS, 0.0)
    rng, y, h = np.random.default_rng(0), np.eye(3)[1], 1e-5

    def gradient(loss, z):
        slope = concepts.softmax(z) - y
        return slope if loss == "cross-entropy" else likelihood.softmax_jacobian(z) @ slope

    points = [*rng.normal(size=(3000, 3), scale=2), np.log([5.2e-4, 0.6212, 0.3783])]
    points.append(np.log([1e-9, 0.5, 0.5]))
    for z, loss in itertools.product(points, MOTIONS):
        rows = [
            (gradient(loss, z + h * e) - gradient(loss, z - h * e)) / (2 * h) for e in np.eye(3)
        ]
        largest[loss] = max(largest[loss], np.linalg.eigvalsh(rows).max())
    for loss, (_, rate) in MOTIONS.items():
        assert rate == pytest.approx(1 / largest[loss], rel=2e-3)


def test_softmax_panels():
    _, axes = panels(3)
    picture = figures.draw_softmax(axes, np.array([2.0, 1.0, 0.0]), 1.0)
    p = concepts.softmax([2.0, 1.0, 0.0])
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert [text.get_text() for text in picture.shares] == ["0.665", "0.245", "0.090"]
    family = picture.family.get_xydata()
    assert np.hypot(*(family - on_simplex(p)).T).min() < 0.03
    assert family[0] == pytest.approx(on_simplex(np.ones(3) / 3))
    picture.move(np.array([5.0, 4.0, 3.0]), 1.0)
    assert picture.here.get_xydata()[0] == pytest.approx(on_simplex(p))
    assert picture.heads.get_ydata().tolist() == [5, 4, 3]
