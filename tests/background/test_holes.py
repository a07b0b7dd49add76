"""Tests of `mathdl.background.holes`."""

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pytest

from mathdl.background import (
    accuracy,
    best_affine_fit,
    enclosed_paper,
    has_hole,
    hole_problem,
    nearest_rows,
)
from mathdl.datasets import Digits, load_digits
from mathdl.forward import Layer, forward

BLANK = np.zeros((1, 64))


@pytest.fixture(scope="module")
def problem():
    return hole_problem(load_digits())


def picture(*rows):
    """Turn eight strings of # and . into one image of 64 numbers."""
    return np.array([[float(mark == "#") for row in rows for mark in row]])


RING = picture("........", "..####..", "..#..#..", "..#..#..", "..####..", *["........"] * 3)


CUP = RING.copy()
CUP[0, [11, 12]] = 0  # open above


def test_the_problem_leaves_out_the_fours_and_keeps_the_order(problem):
    digits = load_digits()
    kept = digits.y_test != 4
    assert problem.x_test.shape == (1616, 64)
    assert problem.y_test.shape == (1616, 1)
    np.testing.assert_array_equal(problem.x_test, digits.x_test[kept])
    np.testing.assert_array_equal(
        problem.y_test[:, 0], [digit in (0, 6, 8, 9) for digit in digits.y_test[kept]]
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"x_test": 2 * np.ones((1, 64))}, r"x_test must lie in \[0, 1\]"),
        ({"y_train": np.array([0, 1])}, r"y_train must have shape \(1,\)"),
        ({"y_test": np.array([4])}, "y_test must name at least one digit other than 4"),
    ],
)
def test_hole_problem_refuses(changed, words):
    digits = Digits(BLANK, np.array([3]), BLANK, np.array([8]))
    with pytest.raises(ValueError, match=words):
        hole_problem(digits._replace(**changed))


def test_only_the_paper_inside_a_ring_is_enclosed_whatever_the_threshold():
    expected = np.zeros((8, 8), dtype=bool)
    expected[2:4, 3:5] = True
    np.testing.assert_array_equal(enclosed_paper(RING)[0], expected)
    assert not enclosed_paper(CUP).any()
    np.testing.assert_array_equal(has_hole(np.vstack([RING, CUP])), [[True], [False]])
    diamond = picture("........", "...#....", "..#.#...", "...#....", *["........"] * 4)
    assert enclosed_paper(diamond).sum() == 1
    corner = picture("..#.....", "..#.....", "###.....", *["........"] * 5)
    assert not enclosed_paper(corner).any()
    assert not has_hole(np.ones((2, 64))).any()
    assert enclosed_paper(RING, threshold=1).sum() == enclosed_paper(RING).sum()
    assert not enclosed_paper(0.9 * RING, threshold=1).any()
    faint = RING.copy()
    faint[0, 8 + 3] = 0.3
    assert not has_hole(faint, 0.5)
    assert has_hole(faint, 0.25)


@hypothesis.given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@hypothesis.settings(max_examples=30, deadline=None)
def test_enclosed_paper_is_paper_and_its_neighbours_are_enclosed_or_ink(seed, n):
    ink = np.random.default_rng(seed).uniform(size=(n, 64))
    enclosed = enclosed_paper(ink)
    paper = ink.reshape(n, 8, 8) < 0.5
    assert not (enclosed & ~paper).any()
    assert not enclosed[:, [0, -1]].any()
    assert not enclosed[:, :, [0, -1]].any()
    assert not (enclosed[:, 1:] & paper[:, :-1] & ~enclosed[:, :-1]).any()
    assert not (enclosed[:, :, 1:] & paper[:, :, :-1] & ~enclosed[:, :, :-1]).any()


def test_best_affine_fit_recovers_an_affine_map_and_handles_constant_inputs(rng):
    x = np.column_stack([rng.normal(size=(20, 3)), np.ones(20)])
    weights, bias = rng.normal(size=(2, 4)), rng.normal(size=2)
    fit = best_affine_fit(x, x @ weights.T + bias)
    np.testing.assert_allclose(forward([fit], x).output, x @ weights.T + bias, atol=1e-12)
    assert np.isfinite(fit.weights).all()


@hypothesis.given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 2**32 - 1))
@hypothesis.settings(max_examples=30, deadline=None)
def test_no_other_affine_map_beats_the_best_fit(n, n_in, seed):
    rng = np.random.default_rng(seed)
    x, target = rng.normal(size=(n, n_in)), rng.normal(size=(n, 1))
    fit = best_affine_fit(x, target)
    other = Layer(fit.weights + rng.normal(size=fit.weights.shape), fit.bias + rng.normal(size=1))
    error, other_error = (
        np.mean((forward([layer], x).output - target) ** 2) for layer in (fit, other)
    )
    assert error <= other_error + 1e-12


def test_accuracy_counts_and_takes_booleans():
    answers = [[1], [0], [1], [0]]
    assert accuracy([[2.0], [0.5], [0.4], [-1.0]], answers) == 0.75
    assert accuracy([[2.0], [-0.5], [0.4], [-1.0]], answers, threshold=0) == 1
    assert accuracy([[True], [True], [True], [False]], answers) == 0.75


@pytest.mark.parametrize(
    ("scores", "answers", "threshold", "words"),
    [
        ([1.0], [[1]], 0.5, r"scores must have shape \(n_samples, 1\)"),
        ([[1.0], [0.0]], [[1]], 0.5, r"answers must have shape \(2, 1\)"),
        ([[1.0]], [[0.5]], 0.5, "answers must be 0 or 1"),
    ],
)
def test_accuracy_refuses(scores, answers, threshold, words):
    with pytest.raises(ValueError, match=words):
        accuracy(scores, answers, threshold)


@pytest.mark.equation("background-standard-error")
def test_standard_error_is_the_spread_of_repeated_accuracies(rng):
    right, all_ones = rng.random((5000, 400, 1)) < 0.9, np.ones((400, 1))
    shares = np.array([accuracy(each, all_ones) for each in right])
    assert shares.std() == pytest.approx(np.sqrt(0.9 * (1 - 0.9) / 400), rel=0.05)


def test_accuracies_that_the_chapter_quotes(problem):
    """Measured once, on this data; a change of the rule or the fit shows here."""
    x, y, x_test, y_test = problem
    assert accuracy(has_hole(x_test), y_test) == pytest.approx(1422 / 1616)
    pixels = best_affine_fit(x, y)
    assert accuracy(forward([pixels], x_test).output, y_test) == pytest.approx(0.9245, abs=0.001)
    assert accuracy(y[nearest_rows(x, x_test)[:, 0]], y_test) == pytest.approx(0.987, abs=0.001)
