"""A digit that slides: places, votes, and what a local map says of other places."""

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.forward import forward, initialize
from mathdl.forward.experiments.sliding import follow_slide, slide

IMAGE = load_digits().x_test[3]
PLACES = np.array([-1.0, -0.25, 0.0, 0.5])


@pytest.fixture(scope="module")
def network():
    return initialize([64, 16, 10], rng=np.random.default_rng(0))


def test_a_digit_slides_by_whole_pixels_and_shares_its_ink_between():
    square = IMAGE.reshape(8, 8)
    np.testing.assert_array_equal(slide(IMAGE, 1).reshape(8, 8)[:, 1:], square[:, :-1])
    np.testing.assert_array_equal(slide(IMAGE, -2).reshape(8, 8)[:, :-2], square[:, 2:])
    assert not slide(IMAGE, 8.5).any()
    for whole, part in ((0, 0.25), (-1, 0.75)):
        between = (1 - part) * slide(IMAGE, whole) + part * slide(IMAGE, whole + 1)
        np.testing.assert_allclose(slide(IMAGE, whole + part), between, atol=1e-12)


def test_votes_and_offset_make_the_lead_over_the_strongest_rival(network):
    seen = follow_slide(network, IMAGE, 3, PLACES)
    logits = forward(network, seen.images).output
    for place, z in enumerate(logits):
        rest = np.delete(z, 3)
        assert seen.rivals[place] != 3
        assert z[seen.rivals[place]] == rest.max()
        assert seen.leads[place] == pytest.approx(z[3] - rest.max())
    np.testing.assert_allclose(seen.votes.sum(axis=1) + seen.offsets, seen.leads, atol=1e-9)
    np.testing.assert_allclose(np.diag(seen.foretold), seen.leads, atol=1e-9)


def test_a_local_map_holds_on_its_piece_only(network):
    near, far = (follow_slide(network, IMAGE, 3, np.array([0.0, there])) for there in (1e-6, 1.0))
    assert near.foretold[0, 1] == pytest.approx(near.leads[1], abs=1e-9)
    assert (far.patterns[0] != far.patterns[1]).any()
    assert abs(far.foretold[0, 1] - far.leads[1]) > 1e-3
