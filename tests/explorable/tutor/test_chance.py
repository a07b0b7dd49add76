"""Random results are judged by what is counted of them."""

import numpy as np
import pytest

from explorable.tutor.chance import (
    Feature,
    are_alike,
    certain,
    close,
    counted,
    features_differ,
    never_varies,
    unlike,
)
from explorable.tutor.running import Outcome


def measure(arguments, results):
    if not results:
        return f"There is nothing of {len(arguments)}."
    ones = np.array(results) == 1
    return [
        certain("the number", len(results), 400),
        counted("the share of {n}", ones, 0.5, n=[1]),
    ]


@pytest.mark.parametrize(
    ("ones", "zeros", "said"),
    [
        (200, 200, None),
        (260, 140, None),  # six deviations: of a million presses at most one is so far off
        (280, 120, "The share of 1 is 0.7 and should be about 0.5."),
        (0, 400, "The share of 1 is 0 and should be about 0.5."),
        (200, 201, "The number is 401 and should be 400."),
        (0, 0, "There is nothing of 2."),
    ],
)
def test_the_first_feature_that_is_too_far_off_is_told(ones, zeros, said):
    assert features_differ(measure, (1, 2), [1] * ones + [0] * zeros) == said


@pytest.mark.parametrize("chance", [0.01, 0.3, 0.5])
@pytest.mark.parametrize("n", [1, 30, 3000])
def test_a_right_share_is_far_off_more_seldom_than_stated(n, chance):
    """Of 20,000 binomial numbers none is: of RATE = 10⁻⁹ one would be in 50,000 runs."""
    for k in np.unique(np.random.default_rng(0).binomial(n, chance, size=20_000)):
        assert not counted("", np.arange(n) < k, chance).far


def test_of_several_events_the_least_likely_counts():
    events = np.zeros((500, 3), dtype=bool)
    events[:250, 0] = events[:240, 2] = True
    feature = counted("event {which}", events, 0.5, which="abc")
    assert (feature.name, feature.value, feature.far) == ("event b", 0.0, True)
    assert certain("sum", 2, 2) == Feature("sum", 2.0, 2.0, far=False)


@pytest.mark.parametrize(
    ("value", "far"), [(3.0, False), (3.25, False), (2.75, False), (3.5, True), (np.nan, True)]
)
def test_what_rounding_changes_may_be_off_by_so_much(value, far):
    np.testing.assert_equal(close("size", value, 3, 0.25), Feature("size", value, 3, far, 0.25))


def test_results_are_alike_if_one_function_could_have_given_both_and_vary():
    half, most = [1] * 200 + [0] * 200, [1] * 390 + [0] * 10
    assert are_alike(measure, (1, 2), half, [1] * 230 + [0] * 170)
    assert not are_alike(measure, (1, 2), half, most)
    assert not are_alike(measure, (1, 2), half, [])
    assert are_alike(measure, (1, 2), [], [])
    same = [(np.ones(2), [1, 2])] * 3
    assert never_varies(Outcome((), same))
    assert not never_varies(Outcome((), [*same, (np.ones(2), [1, 3])]))
    assert not never_varies(Outcome((), same[:1]))
    bits = np.array([0, 0, 1, 0, 1, 1, 0, 1, 1]) == 1
    np.testing.assert_array_equal(unlike(bits, 1), [False, True, False, True])
    np.testing.assert_array_equal(unlike(bits, 2), [True, False, True, False])
