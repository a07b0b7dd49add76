"""The figures of the chapter of questions."""

import numpy as np
import pytest

from explorable.drawing.toolkit import MUTED, ONE, panels, show
from mathdl import faq
from mathdl.faq import figures
from mathdl.faq.experiments import REMEDIES, Errors, remedy_errors, sample_curve
from mathdl.faq.figures.norms import PENALTIES
from tests.explorable.drawing.artists import words

# Two norms as penalties


def test_thresholds_are_those_of_the_kernels(axes):
    soft, ridge = faq.figures.draw_thresholds(axes, 1.0, 3.0)
    w = soft.get_xdata()
    np.testing.assert_allclose(soft.get_ydata(), faq.soft_threshold(w, 1.0))
    np.testing.assert_allclose(ridge.get_ydata(), w / 4)


@pytest.mark.parametrize("norm", ["L1", "L2"])
@pytest.mark.parametrize("minimum", [(2.0, 0.5), (-1.0, 2.0), (0.0, 0.0)])
def test_the_ellipse_touches_the_ball_at_the_solution(axes, norm, minimum):
    picture = faq.figures.draw_norms(axes)
    solution = picture.move(0.5, norm, np.array(minimum))
    np.testing.assert_allclose(
        solution, faq.penalized_minimum(faq.figures.HESSIAN, minimum, 0.5, norm)
    )

    def size(points):
        return np.abs(points).sum(axis=1) if norm == "L1" else np.hypot(*points.T)

    rim = np.column_stack(picture.ball.get_data())
    np.testing.assert_allclose(size(rim), size(solution[None])[0], atol=1e-9)
    ellipse = np.column_stack(picture.touching.get_data())
    assert size(ellipse).min() >= size(solution[None])[0] - 1e-9
    at = np.argmin(np.abs(PENALTIES - 0.5))
    np.testing.assert_allclose(picture.track.get_xydata()[at], solution, atol=1e-12)


# The remedies against overfitting


def test_the_panels_of_remedies_follow_the_errors():
    _, axes = panels(2)
    picture = figures.draw_remedies(axes)
    errors = remedy_errors("penalty", 0.3)
    picture.move(REMEDIES["penalty"][4], 0.3, errors, 4)
    np.testing.assert_allclose(picture.test.get_ydata(), [each.test for each in errors])
    np.testing.assert_allclose(picture.train.get_ydata(), [each.train for each in errors])
    np.testing.assert_allclose(picture.here.get_xydata(), [[4, errors[4].test]])
    x, y = sample_curve(20, 0.3, rng=np.random.default_rng(0))
    np.testing.assert_allclose(picture.samples.get_offsets(), np.column_stack([x, y]))
    low, high = axes[1].get_ylim()
    for noise in (0.03, 0.1, 0.3):
        for remedy in REMEDIES:
            for each in remedy_errors(remedy, noise):
                assert low < each.train < high
                assert low < each.test < high


# Errors over seeds and losses over steps


@pytest.fixture
def errors():
    return {
        "none": Errors(*np.array([[0.0, 0.02], [0.2, 0.3], [0.0, 0.01], [0.8, 0.9]])),
        "L2": Errors(*np.array([[0.1, 0.2], [0.1, 0.16], [0.02, 0.04], [0.1, 0.2]])),
    }


def test_errors_stand_in_rows_with_their_means(errors):
    figure, axes = panels(1)
    figures.draw_errors(axes, errors)
    reference, *bars = axes.lines
    np.testing.assert_allclose(reference.get_xdata(), 25)
    assert [bar.get_xdata()[0] for bar in bars] == pytest.approx([25, 1, 13, 15])
    assert [bar.get_color() for bar in bars] == [ONE, MUTED, ONE, MUTED]
    seeds = [group.get_offsets() for group in axes.collections]
    np.testing.assert_allclose(seeds[1], [[10, -1], [16, -1]])
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["none", "L2"]
    assert axes.get_xlim()[1] > 30.5
    assert show(figure, "Errors.").png


def test_errors_by_rate_are_means_with_seeds(axes, errors):
    none, penalty = errors.values()
    swept = {"Adam": {"0.1": none, "1.0": penalty}, "momentum": {"1.0": penalty}}
    figures.draw_rates(axes, swept)
    adam, momentum = axes.lines
    np.testing.assert_allclose(adam.get_xydata(), [[0.1, 25], [1, 13]])
    np.testing.assert_allclose(momentum.get_xydata(), [[1, 13]])
    np.testing.assert_allclose(
        axes.collections[0].get_offsets(), [[0.1, 20], [0.1, 30], [1, 10], [1, 16]]
    )
    assert (axes.get_xscale(), words(axes)) == ("log", ["Adam", "momentum"])


def test_losses_of_batches_lie_beside_that_of_a_guess(axes):
    losses = {"slow": [2.3, 2.2, 2.1], "stuck": [2.3, 2.1, 2.0], "fast": [2.3, 0.2, 0.1]}
    figures.draw_batch_losses(axes, losses)
    guess, *lines = axes.lines
    np.testing.assert_allclose(guess.get_ydata(), np.log(10))
    assert words(axes) == ["a guess", "fast", "stuck", "slow"]
    assert [list(line.get_ydata()) for line in lines] == [losses[w] for w in words(axes)[1:]]
    heights = [text.xy[1] for text in axes.texts[1:]]
    assert (np.diff(heights) >= 0.15 * np.log(10)).all()  # no name lies on another


def test_the_kept_epoch_is_marked(axes):
    figures.draw_stopping(axes, [3.0, 2, 1, 0.5, 0.2], [3.0, 2, 2.5, 2.6, 2.7], 1)
    np.testing.assert_allclose(axes.collections[0].get_offsets(), [[2, 2]])
    assert set(words(axes)) == {"kept", "training", "held out"}
