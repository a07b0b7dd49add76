"""Each numbered equation of the outlook chapter, evaluated."""

import numpy as np
import pytest

from mathdl import outlook
from mathdl.background import linear_pieces
from mathdl.backward import multiply_adds
from mathdl.forward import Layer, forward, initialize


def small_network(rng, hidden="relu"):
    layers = initialize((3, 7, 5, 1), hidden=hidden, rng=rng)
    return [Layer(w.weights, rng.normal(size=w.bias.shape), w.activation) for w in layers]


def along(layers, x, b, t):
    """Return F on the straight path from b to x."""
    return forward(layers, b + np.atleast_1d(t)[:, None] * (x - b)).output[:, 0]


@pytest.mark.equation("outlook-integrated-gradients")
@pytest.mark.equation("outlook-completeness")
def test_exact_integrals_between_kinks_add_up(rng):
    layers, x, b = small_network(rng), 3 * rng.normal(size=3), rng.normal(size=3)
    ends = linear_pieces([Layer((x - b)[:, None], b), *layers])
    assert len(ends) > 3
    middles = (ends[1:] + ends[:-1]) / 2
    points = b + middles[:, None] * (x - b)
    slopes = outlook.input_gradient(layers, points, np.zeros(len(points), dtype=int))
    exact = (x - b) * (np.diff(ends) @ slopes)
    rise = (along(layers, x, b, 1) - along(layers, x, b, 0))[0]
    assert exact.sum() == pytest.approx(rise)
    summed = outlook.integrated_gradients(layers, x[None], [0], baseline=b, n_steps=20_000)[0]
    np.testing.assert_allclose(summed, exact, atol=1e-3)


@pytest.mark.equation("outlook-riemann")
def test_the_sum_takes_the_middle_of_each_step(rng):
    layers, x, b = small_network(rng, "tanh"), rng.normal(size=3), rng.normal(size=3)
    m = 5
    expected = np.zeros(3)
    for k in range(1, m + 1):
        point = b + (k - 0.5) / m * (x - b)
        expected += (x - b) * outlook.input_gradient(layers, point[None], [0])[0] / m
    found = outlook.integrated_gradients(layers, x[None], [0], baseline=b, n_steps=m)[0]
    np.testing.assert_allclose(found, expected)


@pytest.mark.equation("outlook-decomposition")
@pytest.mark.equation("outlook-variance")
@pytest.mark.parametrize("p", [1, 4, 9, 20])
def test_the_error_on_new_noise_is_the_sum_of_three_parts(p, rng):
    x = np.linspace(-1, 1, 20)
    truth, sigma = np.sin(np.pi * x), 0.4
    phi = outlook.legendre_features(x, p)
    fits = outlook.repeated_fits(phi, truth, noise=sigma, n_draws=20_000, rng=rng)
    parts = outlook.decompose(fits, truth, sigma)
    new = truth + rng.normal(0, sigma, size=fits.shape)
    assert np.mean((fits - new) ** 2) == pytest.approx(sum(parts), rel=0.01)
    assert parts.variance == pytest.approx(sigma**2 * p / 20, rel=0.02)
    projection = phi @ np.linalg.pinv(phi)
    assert np.trace(projection) == pytest.approx(p)
    bias = np.mean((projection @ truth - truth) ** 2)
    assert parts.bias_squared == pytest.approx(bias, abs=1e-4)


@pytest.mark.equation("outlook-prediction-error")
@pytest.mark.parametrize("p", [5, 10, 30])
def test_misfit_and_noise_reach_a_new_sample_by_three_factors(p, rng):
    phi, new, best = rng.normal(size=(10, p)), rng.normal(size=(7, p)), rng.normal(size=p)
    y = phi @ best + rng.normal(size=10)
    u, s, vt = np.linalg.svd(phi, full_matrices=False)
    answer = new @ vt.T @ (vt @ best)
    for i in range(len(s)):
        answer += (new @ vt[i]) / s[i] * (u[:, i] @ (y - phi @ best))
    np.testing.assert_allclose(new @ outlook.minimum_norm(phi, y), answer)


@pytest.mark.equation("outlook-ridge")
@pytest.mark.parametrize("p", [6, 15])
def test_ridge_in_singular_vectors(p, rng):
    phi, y, alpha = rng.normal(size=(10, p)), rng.normal(size=10), 0.8
    u, s, vt = np.linalg.svd(phi, full_matrices=False)
    theta = sum(s[i] / (s[i] ** 2 + alpha) * (u[:, i] @ y) * vt[i] for i in range(len(s)))
    np.testing.assert_allclose(outlook.ridge_fit(phi, y, alpha), theta)
    many = np.linspace(0, 20, 2001)
    factors = many / (many**2 + alpha)
    assert factors.max() <= 1 / (2 * np.sqrt(alpha))
    assert factors.max() == pytest.approx(1 / (2 * np.sqrt(alpha)), rel=1e-4)


@pytest.mark.equation("outlook-dense-cost")
def test_a_dense_layer_costs_what_its_arrays_hold():
    (layer,) = initialize((64, 128), rng=np.random.default_rng(0))
    counted = outlook.dense(64, 128)
    assert counted.parameters == layer.weights.size + layer.bias.size == 65 * 128
    assert counted.multiply_adds == multiply_adds((64, 128)).forward == 64 * 128


@pytest.mark.equation("outlook-convolution-cost")
def test_a_convolution_counted_by_doing_it(rng):
    k, c, f, s = 3, 2, 4, 5
    image, kernels = rng.normal(size=(c, s + k - 1, s + k - 1)), rng.normal(size=(f, c, k, k))
    products = 0
    for m in range(f):
        for i in range(s):
            for j in range(s):
                products += (image[:, i : i + k, j : j + k] * kernels[m]).size
    counted = outlook.convolution(c, f, k, s)
    assert counted.multiply_adds == products == k**2 * c * f * s**2
    assert counted.parameters == kernels.size + f == (k**2 * c + 1) * f


@pytest.mark.equation("outlook-roofline")
@pytest.mark.equation("outlook-intensity")
def test_intensity_counts_operations_and_bytes_and_the_roof_has_its_edge():
    x, w = np.zeros((8, 30), dtype=np.float32), np.zeros((20, 30), dtype=np.float32)
    z = x @ w.T
    expected = 2 * 8 * 30 * 20 / (x.nbytes + w.nbytes + z.nbytes)
    assert outlook.arithmetic_intensity(8, 30, 20) == pytest.approx(expected)
    half = outlook.arithmetic_intensity(8, 30, 20, bytes_per_number=2)
    assert half == pytest.approx(2 * expected)
    peak, bandwidth = 19.5e12, 1.555e12
    edge = peak / bandwidth
    assert outlook.attainable(edge / 2, peak, bandwidth) == pytest.approx(peak / 2)
    assert outlook.attainable(2 * edge, peak, bandwidth) == peak
    one = outlook.arithmetic_intensity(1, 4096, 4096)
    assert round(outlook.attainable(one, peak, bandwidth) / peak, 2) == 0.04


@pytest.mark.equation("outlook-training-operations")
def test_six_operations_a_weight_and_sample():
    count = multiply_adds((50, 400, 400, 400, 10), n_samples=7)
    weights = multiply_adds((50, 400, 400, 400, 10)).forward
    assert 2 * count.reverse_mode == pytest.approx(
        outlook.training_operations(weights, 7), rel=0.05
    )
    # Brown et al. (2020), table D.1: 3.14e23 for GPT-3.
    assert f"{outlook.training_operations(174.6e9, 300e9):.2e}" == "3.14e+23"


@pytest.mark.equation("outlook-energy")
def test_the_energy_of_gpt3_as_published():
    """Patterson et al. (2021), table 4: 1,287 MWh, 14.8 days on 10,000 devices."""
    operations = outlook.training_operations(174.6e9, 300e9)
    spent = outlook.energy(operations, rate=24.6e12, power=330, overhead=1.1)
    assert spent / 1e3 == pytest.approx(1287, rel=0.002)
    assert spent == pytest.approx(1.1 * 330 * operations / 24.6e12 / 3.6e6)
    assert operations / 24.6e12 / 1e4 / 86_400 == pytest.approx(14.8, abs=0.05)
