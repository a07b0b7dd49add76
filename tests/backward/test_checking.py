"""Tests of `mathdl.backward.checking`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.backward import check_gradient
from tests.backward.quartic import quartic, quartic_gradient
from tests.networks import SEEDS


@pytest.mark.parametrize("directions", [None, 1])
def test_a_check_takes_the_step_that_is_asked_for(directions):
    # x² + x³ at 0, along a direction of 1 or −1
    h, rng = 0.25, np.random.default_rng(0)
    check = check_gradient(
        lambda x: (x**2 + x**3).sum(), [1.0], [0.0], step=h, directions=directions, rng=rng
    )
    assert check.numeric == pytest.approx(check.analytic * h**2, rel=1e-12)


@pytest.mark.parametrize("directions", [None, 2])
def test_the_function_is_called_with_numbers_of_x_s_type(directions):
    seen = []
    x, rng = np.ones(3, np.float32), np.random.default_rng(0)
    watched = lambda x: seen.append(x.dtype) or quartic(x)  # noqa: E731
    check_gradient(watched, quartic_gradient, x, directions=directions, rng=rng)
    assert set(seen) == {np.dtype(np.float32)}


X = np.array([[1.0, -2.0, 0.5], [0.3, 4.0, -1.0]])


def test_a_right_gradient_passes():
    check = check_gradient(quartic, quartic_gradient, X)
    assert check
    assert check.passed is True
    assert str(check).startswith("Passed: 6 of 6 entries agree.")
    assert check_gradient(quartic, quartic_gradient(X), X)
    assert check_gradient(quartic, quartic_gradient, X.astype(np.float32))
    assert check_gradient(quartic, quartic_gradient, X).tolerance == 1e-6
    assert check_gradient(quartic, quartic_gradient, X.astype(np.float32)).tolerance == 1e-2
    assert check_gradient(quartic, quartic_gradient, X, directions=5, rng=np.random.default_rng(0))


@pytest.mark.equation("backward-relative-error")
@given(seed=SEEDS, share=st.sampled_from([1e-4, 0.5, 2, -1]))
def test_one_wrong_entry_is_found_and_measured(seed, share):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.5, 2, size=(3, 4))
    index = tuple(int(i) for i in rng.integers([3, 4]))
    gradient = quartic_gradient(x)
    right = gradient[index]
    gradient[index] *= 1 + share
    check = check_gradient(quartic, gradient, x)
    assert not check
    assert check.index == index
    assert check.analytic == gradient[index]
    assert check.numeric == pytest.approx(right, rel=1e-7)
    assert check.error == pytest.approx(abs(share) / max(1, abs(1 + share)), rel=1e-3)
    assert check.errors.shape == x.shape
    assert "Failed in 1 of 12 entries." in check.message
    assert f"entry [{index[0]}, {index[1]}]: the gradient says" in check.message


def test_a_small_wrong_entry_beside_large_ones_is_found():
    scales = np.array([1e6, 1.0, 1e-3])
    check = check_gradient(lambda x: (scales * x).sum(), scales * [1, 1, 1.001], np.ones(3) * 1e-3)
    assert check.index == (2,)
    assert check.numeric == pytest.approx(1e-3, rel=1e-3)
    # |1 − 2|/2 = 1/2 and |9 − 2|/9
    double = lambda x: 2 * x.sum()  # noqa: E731
    check = check_gradient(double, [1.0, 9.0], [0.0, 0.0], tolerance=0.5)
    assert check.message.startswith("Failed in 1 of 2 entries.")
    assert check_gradient(double, [1.0, 1.0], [0.0, 0.0], tolerance=0.5)


def test_slopes_along_directions_take_steps_as_large_as_the_point_asks():
    # Near 2⁴⁰ a step that suits numbers near 1 is lost between two floats.
    x = np.full(3, 2.0**40)
    check = check_gradient(
        lambda x: (x / 2**40).sum() ** 2, 6 / 2**40 * np.ones(3), x,
        directions=3, rng=np.random.default_rng(0),
    )  # fmt: skip
    assert check, check.message


def test_entries_below_round_off_are_not_called_wrong():
    # f ≈ 1: differences see slopes down to 20 ε / h ≈ 1e-9
    assert check_gradient(lambda x: x[0], [1, -1e-12], np.ones(2))
    assert check_gradient(lambda x: 0.0, np.zeros(2), np.ones(2))
    assert not check_gradient(lambda x: 1 + 0 * x.sum(), [1e-6, 0], np.ones(2))
    # 20 ε / h = 40 ε is a tenth of what counts as the size of a slope
    check = check_gradient(lambda x: 1.0, [4e-14], [0.0], step=0.5, tolerance=0.1)
    assert check.error == pytest.approx(1e-16 / 2.0**-52, rel=1e-9)
    # with h = 1/10, slopes down to 20 ε / h ≈ 4e-14
    assert not check_gradient(lambda x: 1 + 0 * x.sum(), [1e-12, 0], np.ones(2), step=0.1)


@pytest.mark.parametrize("directions", [None, 3])
@pytest.mark.parametrize(
    ("constant", "factor", "dtype"), [(1e14, 3, float), (1e8, 2.01, float), (1e4, 3, np.float32)]
)
def test_where_round_off_hides_the_slopes_nothing_is_said(constant, factor, dtype, directions):
    x = np.array([1, 2], dtype)
    shifted = lambda x: x.dtype.type(constant) + (x**2).sum()  # noqa: E731
    with pytest.raises(ValueError, match="function must have values small enough for its slopes"):
        check_gradient(shifted, factor * x, x, directions=directions, rng=np.random.default_rng(0))


def test_slopes_that_can_be_seen_are_judged_beside_a_large_value():
    x = np.array([1.0, 2.0])
    for constant in (0, 1e3, 1e6):
        shifted = lambda x, c=constant: c + (x**2).sum()  # noqa: E731
        assert check_gradient(shifted, 2 * x, x)
        assert not check_gradient(shifted, 2.001 * x, x)
    assert not check_gradient(lambda x: 1e14 + (x**2).sum(), 1e6 * x, x)  # wrong beyond round-off


def test_a_message_says_what_round_off_hides_and_no_number_of_an_only_entry():
    check = check_gradient(lambda x: 1e14 + (x**2).sum(), np.zeros(2), np.ones(2))
    assert check.message.endswith("\nRound-off hides slopes below 7.3e+04.")
    assert "Round-off" not in check_gradient(quartic, quartic_gradient, X).message
    assert "difference, entry: the gradient says 6," in str(check_gradient(np.square, 6.0, 3.0))


def test_hints():
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    cubes = lambda x: (x**3).sum()  # noqa: E731
    right = 3 * square**2
    for gradient, hint in [
        (-right, "Every entry has the wrong sign."),
        (-(1 + 2e-6) * right, "Every entry has the wrong sign."),
        (-2 * right, "Every entry is -2 times what it should be."),
        (right / 2, "Every entry is 0.5 times what it should be."),
        (right.T, "It is the transpose of what it should be."),
    ]:
        assert hint in check_gradient(cubes, gradient, square).message
    for gradient in (right + np.eye(2), 0 * right):
        assert check_gradient(cubes, gradient, square).message.endswith("1e-06).")
    small = check_gradient(lambda x: 1e-4 * cubes(x), 2e-4 * right, square)
    assert "Every entry is 2 times what it should be." in small.message
    small = check_gradient(lambda x: 1e-4 * cubes(x), 1e-4 * (right + np.eye(2)), square)
    assert small.message.endswith("1e-06).")


def test_a_kink_is_named():
    check = check_gradient(lambda x: np.maximum(x, 0).sum(), [1.0, 0.0], [1.0, 0.0])
    assert check.index == (1,)
    assert "To its left the slope is 0, to its right 1:\nthe function may have a kink" in str(
        check
    )
    smooth = check_gradient(quartic, np.zeros(2), [1.0, 2.0])
    assert "kink" not in str(smooth)
    near = check_gradient(lambda x: np.maximum(x - 0.5, 0).sum(), [0.0], [0.0], step=1.0)
    assert "To its left the slope is 0, to its right 0.5:\n" in str(near)
    for height in (0.0, 1.0):  # flat: both slopes are 0
        flat = check_gradient(lambda x, height=height: height + 0 * x.sum(), [1e-3, 0], np.ones(2))
        assert not flat
        assert "kink" not in str(flat)


def test_no_line_of_a_verdict_is_wider_than_a_column_of_text():
    for directions in (None, 2):
        rng = np.random.default_rng(0)
        check = check_gradient(
            lambda w: (w**3).sum(),
            lambda w: -1e-8 * w,
            -1.2345678e-5 * np.ones((11, 12)),
            directions=directions,
            rng=rng,
        )
        assert max(map(len, check.message.split("\n"))) <= 79, check.message


def test_random_directions_have_length_one_and_find_what_one_direction_may_miss():
    for x in ([2.0], [2.0, 0.0, 0.0]):
        rng = np.random.default_rng(0)
        check = check_gradient(lambda x: 3 * x[0], [3, 0, 0][: len(x)], x, directions=9, rng=rng)
        assert check
        assert abs(check.numeric) < 3 + 1e-9
        assert len(x) > 1 or abs(check.numeric) == pytest.approx(3)
    # the error (0, 1) is orthogonal to the direction (1, 0) and to no other
    wrong = lambda x: quartic_gradient(x) + np.array([0, 1])  # noqa: E731
    check = check_gradient(quartic, wrong, [1.0, 2.0], directions=4, rng=np.random.default_rng(0))
    assert not check
    assert "of 4 random directions." in check.message
    assert check.errors.shape == (4,)
    with pytest.raises(ValueError, match=r"rng must be a numpy\.random\.Generator"):
        check_gradient(quartic, quartic_gradient, X, directions=2)


@pytest.mark.parametrize(
    ("gradient", "message"),
    [
        (lambda x: x[0], r"gradient must have shape \(2,\), but its shape is \(\)"),
        (lambda x: x * np.nan, "gradient must hold finite numbers only"),
        (lambda x: x.fill(0) or x, "gradient must not change its argument"),
    ],
)
def test_what_is_no_gradient_is_named(gradient, message):
    with pytest.raises(ValueError, match=message):
        check_gradient(quartic, gradient, [1.0, 2.0])
