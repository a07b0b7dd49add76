"""The explorers of the outlook chapter: every state, against the kernels."""

import numpy as np
import pytest

from explorable.drawing.toolkit import opacity_rgba, signed_rgba
from explorable.sentences import number
from mathdl.datasets import load_digits
from mathdl.forward import forward
from mathdl.outlook import (
    decompose,
    explorers,
    input_gradient,
    integrated_gradients,
    legendre_features,
    minimum_norm,
    rank_correlation,
)
from tests.explorable.explore.states import artist, once

descent = once(explorers.double_descent_explorer)
walk = once(explorers.integration_path_explorer)


def test_a_direction_is_stretched_as_the_matrix_says():
    stretch, lengths = explorers.stretch_explorer(), {}
    for angle in range(0, 181, 5):
        stretch.at(angle=angle)
        end = np.array([artist(stretch, "theta").get_xydata()[1]])
        np.testing.assert_allclose(np.degrees(np.arctan2(*end.T[::-1])), angle, atol=1e-9)
        fit = artist(stretch, "fit").get_xydata()[1]
        np.testing.assert_allclose(fit, explorers.MATRIX @ end[0])
        lengths[angle] = np.linalg.norm(fit)
        assert stretch.said.numbers["length"] == pytest.approx(lengths[angle])
    assert max(lengths, key=lengths.get) == 45
    assert lengths[45] == pytest.approx(1.8)
    assert min(lengths, key=lengths.get) == 135
    assert lengths[135] == pytest.approx(0.2)
    prediction = stretch.prediction
    assert prediction.choices[prediction.answer] == "longer"
    assert prediction.words()[2].startswith(f"It is {lengths[0]:.2f}.")


@pytest.mark.parametrize(
    ("p", "truth", "noise"), [(8, "wave", 0.4), (20, "step", 0.1), (60, "step", 0)]
)
def test_the_fit_is_the_shortest_and_the_parts_are_those_of_many_fits(descent, p, truth, noise):
    descent.at(p=p, truth=truth, noise=noise)
    x, y = artist(descent, "fit").get_data()
    samples, targets = artist(descent, "samples").get_offsets().T
    theta = minimum_norm(legendre_features(samples, p), targets)
    np.testing.assert_allclose(y, np.clip(legendre_features(x, p) @ theta, -9, 9), atol=1e-6)
    f, rng = explorers.TRUTHS[truth], np.random.default_rng(1)
    many = f(samples)[:, None] + noise * rng.normal(size=(20, 4000))
    fits = legendre_features(explorers.GRID, p) @ minimum_norm(legendre_features(samples, p), many)
    expected = decompose(fits.T, f(explorers.GRID), noise)
    at = explorers.SIZES.index(p)
    np.testing.assert_allclose(
        explorers.error_parts(truth, noise)[:, at], expected[:2], rtol=0.1, atol=1e-4
    )
    (here,), (height,) = artist(descent, "here").get_data()
    assert here == p
    assert height == pytest.approx(explorers.error_parts(truth, noise)[:, at].sum())
    numbers = descent.said.numbers
    assert numbers["bias"] + numbers["variance"] == numbers["sum"] == pytest.approx(height)


def test_the_sentence_tells_cases_apart_and_how_far_the_curve_goes(descent):
    assert "cannot meet all 20 targets" in descent.at(p=8, truth="wave", noise=0.4)
    assert "in exactly one way" in descent.at(p=20, truth="step", noise=0.1)
    assert "0 by bias² and 0 by variance" in descent.at(p=20, truth="wave", noise=0)
    assert "p\u00a0=\u00a04, has 0.0337." in descent.at(p=400, truth="wave", noise=0.4)
    sentence = descent.at(p=40, truth="step", noise=0.4)
    assert "0.0173 by bias² and 0.115 by variance, together 0.132." in sentence
    assert sentence.endswith("has 0.13.")
    sentence = descent.at(p=20, truth="step", noise=0)
    rows = minimum_norm(legendre_features(np.linspace(-1, 1, 20), 20), np.eye(20))
    curve = legendre_features(explorers.GRID, 20) @ rows @ np.sign(np.linspace(-1, 1, 20))
    assert f"as far as {abs(curve).max():,.0f} from 0" in sentence
    targets = explorers.TRUTHS["wave"](np.linspace(-1, 1, 20))
    for p in (size for size in explorers.SIZES if size < 20):
        features = legendre_features(np.linspace(-1, 1, 20), p)
        missed = abs(features @ minimum_norm(features, targets) - targets).max()
        sentence = descent.at(p=p, truth="wave", noise=0)
        assert ("to six digits" in sentence) == (missed < 1e-7)
        assert ("cannot meet" in sentence) == (missed > 1e-6)
        assert "cannot meet" in descent.at(p=p, truth="wave", noise=0.1)


def test_the_step_explodes_without_noise_and_the_wave_does_not(descent):
    bias_squared = explorers.error_parts("step", 0.0)[0]
    # The step is odd: the 21st polynomial, which is even, changes nothing but the rounding.
    assert bias_squared[explorers.SIZES.index(20)] == pytest.approx(bias_squared.max())
    assert explorers.error_parts("wave", 0.0)[0, explorers.SIZES.index(20)] < 1e-20
    prediction = descent.prediction
    assert prediction.choices[prediction.answer] == "over 100"
    theta = minimum_norm(
        legendre_features(np.linspace(-1, 1, 20), 20), np.sign(np.linspace(-1, 1, 20))
    )
    worst = abs(legendre_features(explorers.GRID, 20) @ theta).max()
    assert prediction.words()[2].startswith(f"It goes up to {worst:,.0f}.")


@pytest.mark.parametrize(("digit", "moment"), [("1", 0), ("2", 5), ("5", explorers.PLACES)])
def test_a_walk_shows_what_the_kernels_find(walk, digit, moment):
    walk.at(digit=digit, moment=moment)
    image, network = load_digits().x_test[int(digit)], explorers.reader()
    here = moment / explorers.PLACES * image
    answer = int(forward(network, image[None]).output.argmax())
    f = forward(network, [0 * image, here]).output[:, answer]
    shares = integrated_gradients(network, [here], [answer], n_steps=1024)[0]
    slope = float(input_gradient(network, [here], [answer])[0] @ image)
    rise = artist(walk, "rise")
    assert rise.get_xdata()[moment] == pytest.approx(moment / explorers.PLACES)
    assert rise.get_ydata()[moment] == pytest.approx(f[1] - f[0])
    collected = artist(walk, "collected").get_ydata()
    assert len(collected) == moment + 1
    assert collected[-1] == pytest.approx(shares.sum(), abs=0.02)
    assert collected[-1] == pytest.approx(f[1] - f[0])
    (first, last), (low, high) = artist(walk, "slope").get_data()
    assert high - low == pytest.approx(slope)
    assert low + moment / explorers.PLACES * slope == pytest.approx(f[1] - f[0])
    assert (first, last) == (0, 1)
    assert np.allclose(artist(walk, "ink").get_array(), opacity_rgba(here.reshape(8, 8)))
    whole = integrated_gradients(network, [image], [answer], n_steps=1024)
    assert np.allclose(
        artist(walk, "shares").get_array(),
        signed_rgba(shares.reshape(8, 8), abs(whole).max()),
        atol=0.01,
    )


def test_a_walk_is_told_at_its_start_on_its_way_and_at_its_end(walk):
    final = explorers.integration_path_to(5)
    words = [walk.at(digit="5", moment=moment) for moment in (0, 8, explorers.PLACES)]
    assert all("logit of 9" in sentence for sentence in words)
    written = [number(value, "+.1f") for value in (*final.slopes[[0, 8, -1]], final.rises[8])]
    assert f"change by {written[0]}; it will change by {final.rises[-1]:+.1f}" in words[0]
    assert f"by {written[3]} of {final.rises[-1]:+.1f}" in words[1]
    assert f"would make {written[1]}" in words[1]
    assert f"times the way makes {written[2]}" in words[2]
    prediction, final = walk.prediction, explorers.integration_path_to(1)
    assert prediction.choices[prediction.answer] == "more"
    assert final.slopes[-1] > 1.15 * final.rises[-1]
    assert f"is {final.slopes[-1]:.3g}." in prediction.words()[2]


def test_the_shares_are_told_to_add_up_to_what_the_logit_has_changed_by(walk):
    for digit in explorers.DIGITS:
        path = explorers.integration_path_to(int(digit))
        np.testing.assert_allclose(path.shares.sum(axis=1), path.rises, atol=1e-9)


def test_maps_from_other_baselines_agree_on_the_ink_and_not_on_the_paper():
    images, network = load_digits().x_test[:200], explorers.reader()
    answers = forward(network, images).output.argmax(axis=1)
    white = integrated_gradients(network, images, answers)
    mean = load_digits().x_train.mean(axis=0)
    for baseline, whole, ink in ((np.full(64, 0.5), 0.2, 0.9), (mean, 0.3, 0.8)):
        maps = integrated_gradients(network, images, answers, baseline=baseline)
        on_ink = [
            rank_correlation(a[None, dark], b[None, dark])[0]
            for a, b, dark in zip(maps, white, images > 0.5, strict=True)
        ]
        assert rank_correlation(maps, white).mean() == pytest.approx(whole, abs=0.05)
        assert np.mean(on_ink) == pytest.approx(ink, abs=0.05)
