"""The figures of the chapter of questions: what they draw, not which pixels."""

import numpy as np
import pytest

from mathdl.experiments.faq import REMEDIES, Errors, remedy_errors, sample_curve
from mathdl.faq import penalized_minimum, ridge_shrinkage, soft_threshold, stopping_shrinkage
from mathdl.figures import faq as figures
from mathdl.figures.faq.norms import PENALTIES
from mathdl.plotting import MUTED, ONE, THREE, TWO, panels, show


def words(axes):
    return [text.get_text() for text in axes.texts]


@pytest.fixture
def errors():
    return {
        "none": Errors(np.array([0.0, 0.02]), np.array([0.2, 0.3])),
        "L2": Errors(np.array([0.1, 0.2]), np.array([0.1, 0.16])),
    }


def test_errors_stand_in_rows_with_their_means(errors):
    figure, axes = panels(1)
    figures.draw_errors(axes, errors)
    reference, *bars = axes.lines
    np.testing.assert_allclose(reference.get_xdata(), 25)
    assert [bar.get_xdata()[0] for bar in bars] == pytest.approx([1, 25, 15, 13])
    assert [bar.get_color() for bar in bars] == [MUTED, ONE, MUTED, ONE]
    seeds = [group.get_offsets() for group in axes.collections]
    np.testing.assert_allclose(seeds[1], [[10, -1], [16, -1]])
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["none", "L2"]
    assert axes.get_xlim()[1] > 30.5
    assert show(figure, "Errors.").png


def test_error_curves_are_means_with_seeds(errors):
    _, axes = panels(1)
    none, penalty = errors.values()
    figures.draw_error_curves(axes, [0.1, 1.0, 10.0], [none, penalty, penalty], name="rate")
    train, test = axes.lines
    np.testing.assert_allclose(train.get_xydata(), [[0.1, 1], [1, 15], [10, 15]])
    np.testing.assert_allclose(test.get_xydata(), [[0.1, 25], [1, 13], [10, 13]])
    np.testing.assert_allclose(
        axes.collections[1].get_offsets()[:4], [[0.1, 20], [0.1, 30], [1, 10], [1, 16]]
    )
    assert (axes.get_xscale(), words(axes)) == ("log", ["training", "test"])


def test_losses_of_batches_lie_beside_that_of_a_guess():
    _, axes = panels(1)
    losses = {"slow": [2.3, 2.2, 2.1], "stuck": [2.3, 2.1, 2.0], "fast": [2.3, 0.2, 0.1]}
    figures.draw_batch_losses(axes, losses, n_classes=4)
    guess, *lines = axes.lines
    np.testing.assert_allclose(guess.get_ydata(), np.log(4))
    assert words(axes) == ["a guess", "fast", "stuck", "slow"]
    assert [list(line.get_ydata()) for line in lines] == [losses[w] for w in words(axes)[1:]]
    heights = [text.xy[1] for text in axes.texts[1:]]
    assert (np.diff(heights) >= 0.15 * np.log(4)).all()  # no name lies on another


def test_the_kept_epoch_is_marked():
    _, axes = panels(1)
    figures.draw_stopping(axes, [3.0, 2, 1, 0.5, 0.2], [3.0, 2, 2.5, 2.6, 2.7], 1)
    np.testing.assert_allclose(axes.collections[0].get_offsets(), [[2, 2]])
    assert set(words(axes)) == {"kept", "training", "held out"}


def test_shrinkages_are_those_of_the_kernels():
    _, axes = panels(1)
    ridge, early = figures.draw_shrinkages(axes, 0.2, 50)
    curvatures = ridge.get_xdata()
    np.testing.assert_allclose(ridge.get_ydata(), ridge_shrinkage(curvatures, 0.1))
    np.testing.assert_allclose(early.get_ydata(), stopping_shrinkage(curvatures, 0.2, 50))


def test_thresholds_are_those_of_the_kernels():
    _, axes = panels(1)
    soft, ridge = figures.draw_thresholds(axes, 1.0, 3.0)
    w = soft.get_xdata()
    np.testing.assert_allclose(soft.get_ydata(), soft_threshold(w, 1.0))
    np.testing.assert_allclose(ridge.get_ydata(), w / 4)


def test_a_weight_that_becomes_zero_ends_with_a_dot():
    _, axes = panels(1)
    figures.draw_weight_sizes(axes, {"a": [1, -0.5, 0.25, 0, 0], "b": [1, -1, 1, -1, 1]})
    first, second = axes.lines
    np.testing.assert_allclose(first.get_ydata(), [1, 0.5, 0.25, np.nan, np.nan])
    np.testing.assert_allclose(second.get_ydata(), 1)
    np.testing.assert_allclose(axes.collections[0].get_offsets(), [[2, 0.25]])
    assert words(axes).count("then exactly 0") == 1


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


@pytest.mark.parametrize("norm", ["L1", "L2"])
@pytest.mark.parametrize("minimum", [(2.0, 0.5), (-1.0, 2.0), (0.0, 0.0)])
def test_the_ellipse_touches_the_ball_at_the_solution(norm, minimum):
    _, axes = panels(2)
    picture = figures.draw_norms(axes)
    solution = picture.move(0.5, norm, minimum)
    np.testing.assert_allclose(solution, penalized_minimum(figures.HESSIAN, minimum, 0.5, norm))

    def size(points):
        return np.abs(points).sum(axis=1) if norm == "L1" else np.hypot(*points.T)

    rim = np.column_stack(picture.ball.get_data())
    np.testing.assert_allclose(size(rim), size(solution[None])[0], atol=1e-9)
    ellipse = np.column_stack(picture.ellipses[-1].get_data())
    assert size(ellipse).min() >= size(solution[None])[0] - 1e-9
    track = np.column_stack([picture.first.get_ydata(), picture.second.get_ydata()])
    at = np.argmin(np.abs(PENALTIES - 0.5))
    np.testing.assert_allclose(track[at], solution, atol=1e-12)
    np.testing.assert_allclose(picture.here.get_ydata(), solution)
    assert picture.ball.get_color() == THREE
    assert (picture.first.get_color(), picture.second.get_color()) == (ONE, TWO)
