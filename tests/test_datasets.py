import numpy as np
import pytest

from mathdl.datasets import load_digits, two_moons, two_spirals


def test_digits_in_their_published_partition():
    digits = load_digits()
    assert digits.x_train.shape == (3823, 64)
    assert digits.x_test.shape == (1797, 64)
    # counts of the digits 0 to 9 from the data set's description (optdigits.names)
    published = [
        (digits.y_train, [376, 389, 380, 389, 387, 376, 377, 387, 380, 382]),
        (digits.y_test, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
    ]
    for labels, counts in published:
        np.testing.assert_array_equal(np.bincount(labels), counts)
    for x in (digits.x_train, digits.x_test):
        assert x.dtype == np.float64
        assert (x.min(), x.max()) == (0, 1)
        np.testing.assert_array_equal(x * 16, np.rint(x * 16))


def test_the_first_test_digit():
    # first line of the published optdigits.tes: a zero
    digits = load_digits()
    assert digits.y_test[0] == 0
    np.testing.assert_array_equal(digits.x_test[0, :8] * 16, [0, 0, 5, 13, 9, 1, 0, 0])


def test_each_call_gives_arrays_of_its_own():
    load_digits().x_train[:] = 0
    assert load_digits().x_train.any()


@pytest.mark.parametrize("n_samples", [2, 3, 10, 11])
@pytest.mark.parametrize("draw", [two_moons, two_spirals])
def test_points_are_split_in_halves_and_reproducible(draw, n_samples):
    first = draw(n_samples, rng=np.random.default_rng(3))
    again = draw(n_samples, rng=np.random.default_rng(3))
    assert first.x.shape == (n_samples, 2)
    np.testing.assert_array_equal(np.bincount(first.y), [(n_samples + 1) // 2, n_samples // 2])
    np.testing.assert_array_equal(first.x, again.x)


def test_moons_are_half_circles():
    x, y = two_moons(50, noise=0, rng=np.random.default_rng(0))
    np.testing.assert_allclose(np.linalg.norm(x[y == 0], axis=1), 1)
    np.testing.assert_allclose(np.linalg.norm(x[y == 1] - [1, 0.5], axis=1), 1)
    assert (x[y == 0, 1] >= 0).all()
    assert (x[y == 1, 1] <= 0.5).all()


def test_spirals_lie_opposite_one_another():
    x, y = two_spirals(50, noise=0, rng=np.random.default_rng(0))
    np.testing.assert_allclose(x[y == 0], -x[y == 1], atol=1e-15)
    radius = np.linalg.norm(x[y == 0], axis=1)
    np.testing.assert_allclose(radius, np.linspace(0.1, 1, 25))
    np.testing.assert_allclose(x[y == 0, 0], radius * np.cos(3 * np.pi * radius), atol=1e-15)


@pytest.mark.parametrize("draw", [two_moons, two_spirals])
def test_noise_has_the_standard_deviation_asked_for(draw):
    clean = draw(20000, noise=0, rng=np.random.default_rng(0)).x
    noisy = draw(20000, noise=0.3, rng=np.random.default_rng(0)).x
    # 40,000 normal numbers: their standard deviation is within 0.3·4/√80000 of 0.3 almost surely
    assert np.std(noisy - clean) == pytest.approx(0.3, abs=0.3 * 4 / np.sqrt(80000))


@pytest.mark.parametrize("draw", [two_moons, two_spirals])
@pytest.mark.parametrize(
    ("n_samples", "noise", "rng", "message"),
    [
        (1, 0.1, np.random.default_rng(0), "n_samples must be an integer of at least 2"),
        (2.0, 0.1, np.random.default_rng(0), "n_samples must be an integer of at least 2"),
        (10**400, 0.1, np.random.default_rng(0), "n_samples must be an integer of at most"),
        (4, -0.1, np.random.default_rng(0), "noise must be at least 0, but is -0.1"),
        (4, np.nan, np.random.default_rng(0), "noise must be one finite real number"),
        (4, 0.1, 0, r"rng must be a numpy\.random\.Generator"),
    ],
)
def test_points_refuse(draw, n_samples, noise, rng, message):
    with pytest.raises(ValueError, match=message):
        draw(n_samples, noise=noise, rng=rng)
