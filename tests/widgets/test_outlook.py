"""The explorers of the outlook chapter: every state, against the kernels."""

import numpy as np
import pytest

from mathdl.datasets import load_digits
from mathdl.experiments.outlook import draw_regression, feature_risks
from mathdl.forward import forward
from mathdl.outlook import input_gradient, integrated_gradients, minimum_norm
from mathdl.plotting import opacity_rgba, signed_rgba
from mathdl.widgets import outlook as widgets
from mathdl.widgets.outlook import DRAWS, FEATURES, NOISES, SAMPLES, double_descent_explorer


@pytest.fixture(scope="module")
def descent():
    return double_descent_explorer()


def artist(explorer, name):
    (found,) = (mover.artist for mover in explorer.scene.movers if mover.name == name)
    return found


def test_every_state_is_visited_without_a_warning_and_differs(descent, tmp_path):
    descent.html(tmp_path)
    (written,) = tmp_path.glob("double-descent.*.js")
    assert written.stat().st_size < 450_000
    shown, said = set(), set()
    for indices in np.ndindex(*(control.count for control in descent.controls.values())):
        said.add(descent.at_indices(indices))
        movers = range(len(descent.scene.movers))
        shown.add(tuple(descent.scene.state(index).values for index in movers))
    assert len(shown) == len(FEATURES) * len(SAMPLES) * len(NOISES)
    assert len(said) > 150


def test_it_begins_on_the_peak_of_the_static_figure(descent):
    sentence = descent.at()
    assert sentence.startswith("40 features meet 40 targets in exactly one way")
    x, y = artist(descent, "here").get_data()
    risks = feature_risks([40], n_samples=40, n_draws=DRAWS)
    assert list(x) == [40]
    assert y[0] == pytest.approx(np.median(risks.test))
    assert f"{y[0]:.3g}" in sentence


@pytest.mark.parametrize("n", SAMPLES)
@pytest.mark.parametrize("noise", NOISES)
def test_the_peak_stands_where_features_equal_samples(descent, n, noise):
    descent.at(p=FEATURES[0], n=n, noise=noise)
    x, y = artist(descent, "test").get_data()
    assert list(x) == list(FEATURES)
    assert FEATURES[int(np.argmax(y))] == n
    assert list(artist(descent, "border").get_xdata()) == [n, n]
    train = np.asarray(artist(descent, "train").get_ydata())
    np.testing.assert_array_equal(np.isnan(train), np.array(FEATURES) >= n)


def test_answers_are_those_of_the_shortest_fit(descent):
    descent.at(p=200, n=20, noise=0.1)
    world = draw_regression(20, 200, rng=np.random.default_rng(0))
    theta = minimum_norm(world.features, world.truth + 0.1 * world.noise)
    truth, answer = artist(descent, "points").get_offsets().T
    np.testing.assert_allclose(truth, world.test_truth[: len(truth)])
    np.testing.assert_allclose(answer, (world.test_features @ theta)[: len(truth)], atol=1e-9)


def test_the_sentence_tells_four_cases_apart(descent):
    assert "cannot meet 40 targets" in descent.at(p=8, n=40, noise=0.3)
    assert "exactly one way" in descent.at(p=80, n=80, noise=0.3)
    assert "beats every fit" in descent.at(p=800, n=40, noise=0.3)
    assert "above the best with fewer" in descent.at(p=800, n=40, noise=1.0)
    assert "above the best with fewer" in descent.at(p=45, n=40, noise=0.3)


def test_the_prediction_and_the_experiment_are_computed(descent):
    prediction = descent.prediction
    assert prediction.choices[prediction.answer] == "it falls to less than a tenth"
    at_40 = [np.median(widgets.risks(n).test[2], axis=1)[FEATURES.index(40)] for n in SAMPLES]
    assert at_40[1] > 10 * at_40[0]
    assert at_40[1] > 10 * at_40[2]
    question, _, why = prediction.words()
    assert f"is {at_40[1]:.3g}. Now" in question
    assert why.startswith(f"It is {at_40[0]:.2g}.")


@pytest.fixture(scope="module")
def walk():
    return widgets.integration_path_explorer()


@pytest.mark.parametrize("digit", widgets.DIGITS)
@pytest.mark.parametrize("moment", [0, 5, widgets.PLACES])
def test_a_walk_shows_what_the_kernels_find(walk, digit, moment):
    walk.at(digit=digit, moment=moment)
    image, network = load_digits().x_test[int(digit)], widgets.reader()
    here = moment / widgets.PLACES * image
    answer = int(forward(network, image[None]).output.argmax())
    f = forward(network, [0 * image, here]).output[:, answer]
    shares = integrated_gradients(network, [here], [answer], n_steps=256)[0]
    slope = float(input_gradient(network, [here], [answer])[0] @ image)
    rise = artist(walk, "rise")
    assert rise.get_xdata()[moment] == pytest.approx(moment / widgets.PLACES)
    assert rise.get_ydata()[moment] == pytest.approx(f[1] - f[0])
    collected = artist(walk, "collected").get_ydata()
    assert len(collected) == moment + 1
    assert collected[-1] == pytest.approx(shares.sum())
    assert collected[-1] == pytest.approx(f[1] - f[0], abs=0.2)
    (start, end), (low, high) = artist(walk, "slope").get_data()
    assert high - low == pytest.approx(slope)
    assert low + moment / widgets.PLACES * slope == pytest.approx(f[1] - f[0])
    assert (start, end) == (0, 1)
    assert np.allclose(artist(walk, "ink").get_array(), opacity_rgba(here.reshape(8, 8)))
    full = abs(integrated_gradients(network, [image], [answer], n_steps=256)).max()
    assert np.allclose(
        artist(walk, "shares").get_array(), signed_rgba(shares.reshape(8, 8), full), atol=1e-6
    )


def test_a_walk_is_told_at_its_start_on_its_way_and_at_its_end(walk):
    final = widgets.integration_path_to(5)
    words = [walk.at(digit="5", moment=moment) for moment in (0, 8, widgets.PLACES)]
    assert all("logit of 9" in sentence for sentence in words)
    assert words[0].startswith("Empty paper.")
    assert f"rise by {final.slopes[0]:.1f}; it will rise by {final.rises[-1]:.1f}" in words[0]
    assert f"by {final.rises[8]:.1f} of {final.rises[-1]:.1f}" in words[1]
    assert f"would make {final.slopes[8]:.1f}" in words[1]
    assert f"times its ink makes {final.slopes[-1]:.1f}" in words[2]


def test_the_last_slope_overrates_the_one(walk):
    prediction, final = walk.prediction, widgets.integration_path_to(1)
    assert prediction.choices[prediction.answer] == "clearly more"
    assert final.slopes[-1] > 1.15 * final.rises[-1]
    assert f"is {final.slopes[-1]:.3g}." in prediction.words()[2]
