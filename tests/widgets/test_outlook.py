"""The explorer of the outlook chapter: every state, against the kernels."""

import numpy as np
import pytest

from mathdl.outlook import draw_world, feature_risks, minimum_norm
from mathdl.widgets import outlook as widgets
from mathdl.widgets.outlook import DRAWS, FEATURES, NOISES, SAMPLES, descent_explorer


@pytest.fixture(scope="module")
def descent():
    return descent_explorer()


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
    world = draw_world(20, 200, rng=np.random.default_rng(0))
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
