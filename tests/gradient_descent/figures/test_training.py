"""Trainings of the digits network."""

import numpy as np
import pytest

from explorable.drawing.toolkit import panels, show
from mathdl.datasets import load_digits
from mathdl.gradient_descent import figures
from mathdl.gradient_descent.experiments import train_digits
from tests.explorable.drawing.artists import words


@pytest.fixture(scope="module")
def histories():
    return [train_digits(np.random.default_rng(seed), n_epochs=3) for seed in range(2)]


def test_learning_curves_are_means_over_seeds(axes, histories):
    errors = figures.draw_learning_curves(axes, histories)
    accuracies = np.mean([h.validation_accuracies for h in histories], axis=0)
    np.testing.assert_allclose(errors.get_ydata(), 100 * (1 - accuracies))
    assert axes.get_yscale() == "log"


def test_mistakes_name_the_right_and_the_given_answer():
    figure, axes = panels(2, height=170)
    digits = load_digits()
    figures.draw_mistakes(axes, digits.x_test[:12], range(12), [5] * 12)
    assert words(axes[0])[:6] == ["0", "→", "5", "1", "→", "5"]
    assert words(axes[1])[-3:] == ["11", "→", "5"]
    assert [len(ax.images) for ax in axes] == [10, 2]
    assert show(figure, "Digits.") is not None
    figures.draw_mistakes(axes[:1], digits.x_test[:12], range(12), range(12))
    assert [len(ax.images) for ax in axes] == [20, 2]


def test_rate_curve_is_a_mean_over_seeds(axes):
    line = figures.draw_rate_curve(axes, [0.01, 0.1, 1.0], [[20, 30], [5, 7], [90, 90]])
    assert line.get_ydata().tolist() == [25, 6, 90]
    assert len(axes.lines) == 4


def test_each_curvature_has_its_border(axes):
    measured = {0.5: [1.0, 3.0, 4.0], 2.0: [1.0, 2.0, 1.0]}
    drawn = figures.draw_curvatures(axes, [0, 5, 10], measured, most=5)
    assert [line.get_ydata().tolist() for line in drawn] == list(measured.values())
    borders = [line.get_ydata()[0] for line in axes.lines if line not in drawn]
    assert borders == [4, 1]
    assert [text.get_text() for text in axes.texts] == ["2/0.5", "2/2"]
    assert axes.get_ylim() == (0, 5)
