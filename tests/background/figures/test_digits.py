"""Digits, the rule, weights, and accuracies."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels, show
from mathdl.background import enclosed_paper, figures
from mathdl.background.experiments import Shares
from mathdl.datasets import load_digits
from tests.explorable.drawing.artists import pictures, words


@pytest.fixture(scope="module")
def images():
    return load_digits().x_test[:6]


def test_digits_stand_in_rows_with_their_words(images):
    figure, axes = panels(1)
    figures.draw_digits(axes, images, columns=4, title="six", captions=list("abcdef"))
    drawn = pictures(axes)
    assert len(drawn) == 6
    assert words(axes) == list("abcdef")
    assert axes.get_title(loc="left") == "six"
    np.testing.assert_allclose(drawn[2].get_array()[..., 3], images[2].reshape(8, 8))
    lefts = [picture.get_extent()[0] for picture in drawn]
    assert lefts[:4] == sorted(lefts[:4])
    assert lefts[4:] == lefts[:2]
    assert show(figure, "Six digits.").png


def test_the_rule_is_drawn_with_the_paper_that_stays_dry(axes, images):
    figures.draw_rule(axes, images)
    dry = enclosed_paper(images)
    assert words(axes) == ["hole" if mask.any() else "no hole" for mask in dry]
    coloured = [picture.get_array()[..., 3] > 0 for picture in pictures(axes)[1::2]]
    np.testing.assert_array_equal(coloured, dry)


def test_weights_are_drawn_by_sign_and_a_network_joins_all_of_two_layers(axes):
    weights = np.zeros((2, 64))
    weights[0, 0], weights[1, 9] = 2.0, -0.5
    figures.draw_weights(axes, weights, columns=2)
    first, second = (picture.get_array() for picture in pictures(axes))
    assert first[0, 0, 3] == 1
    assert second[1, 1, 3] == 1
    assert not np.allclose(first[0, 0, :3], second[1, 1, :3])
    assert (first[..., 3] > 0).sum() == 1
    figures.draw_network(axes)
    assert len(axes.lines) == 8 * 5 + 5
    assert {"64 pixels x", "32 units h", "score s"} <= set(words(axes))


def test_accuracies_are_drawn_in_percent_each_draw_a_dot(axes):
    shares = [Shares(np.array(a), np.zeros(2)) for a in ([0.5, 0.6], [0.7, 0.9], [0.9, 0.92])]
    kinds = [("random", (2,)), ("random", (4,)), ("learned", (2,))]
    deep = {("learned", (2, 2)): Shares(np.array([0.95, 0.97]), np.zeros(2))}
    figures.draw_accuracies(axes, dict(zip(kinds, shares, strict=True)) | deep)
    drawn, learned = axes.lines
    np.testing.assert_allclose(drawn.get_xydata(), [[2, 55], [4, 80]])
    np.testing.assert_allclose(learned.get_xydata(), [[2, 91]])
    heights = [dots.get_offsets()[:, 1].tolist() for dots in axes.collections]
    np.testing.assert_allclose(np.concatenate(heights), [50, 60, 70, 90, 90, 92, 95, 97])
    assert axes.get_xscale() == "log"
