"""What fresh examples are drawn from, and which of them overflow."""

import math
from itertools import product

import numpy as np

from explorable.tutor.examples import arrays, either, nonzero, numbers, places, quarters
from explorable.tutor.running import overflowed, run


def test_either_is_true_or_false(rng):
    assert {either(rng) for _ in range(50)} == {True, False}


def test_quarters_are_all_those_from_minus_two_to_two(rng):
    assert set(quarters(rng, 1000)) == set(np.arange(-8, 9) / 4)


def test_numbers_have_ties_zeros_and_every_size(rng):
    drawn = [numbers(rng, 20) for _ in range(200)]
    assert any(len(set(each)) < 6 for each in drawn)
    assert any((each == 0).any() for each in drawn)
    assert any(((np.abs(each) > 0.4) & (np.abs(each) <= 2)).all() for each in drawn)
    assert max(np.abs(each).max() for each in drawn) > 500
    assert min(np.abs(each).max() for each in drawn) < 0.05
    assert max(np.abs(numbers(rng, 20, largest=4.0)).max() for _ in range(200)) < 16


def test_places_lie_on_and_around_their_points(rng):
    drawn = places(rng, (1.0, 2.0), 10_000)
    assert 0.29 < np.isin(drawn, [1.0, 2.0]).mean() < 0.33
    assert (drawn.min(), drawn.max()) == (0.5, 2.5)


def test_what_overflows_is_told_from_other_faults():
    def raises(kind):
        def function(x):
            raise kind

        return run(function, (1.0,))

    assert overflowed(run(math.exp, (1e3,)))
    assert overflowed(raises(FloatingPointError))
    assert not overflowed(raises(ValueError))


def test_arrays_share_the_lengths_that_their_letters_name(rng):
    drawn = [arrays("no", "ni", "oi", largest=3.0)(rng) for _ in range(300)]
    for upstream, x, weights in drawn:
        assert upstream.shape == (len(x), len(weights))
        assert x.shape[1:] == weights.shape[1:]
    assert {weights.shape for _, _, weights in drawn} == set(product((1, 2, 3, 4), repeat=2))
    assert max(np.abs(array).max() for arrays in drawn for array in arrays) < 10


def test_what_is_nonzero_has_both_signs(rng):
    assert set(nonzero(rng, 1000)) == set(np.arange(-8, 9) / 4) - {0.0} | {3.0}
