"""Rules at their best rates, and what became of their descents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathdl.gradient_descent import OPTIMIZERS, SURFACES, Window, descend, gradient_descent
from mathdl.gradient_descent.experiments import comparison
from tests.gradient_descent.problems import fate

NAMES = list(SURFACES)


@pytest.mark.parametrize("name", NAMES)
def test_starts_cover_the_window_as_a_grid(name):
    window, points = SURFACES[name].window, comparison.starts(name)
    units = window.to_units(points)
    assert points.shape == (121, 2)
    assert units.min(axis=0) == pytest.approx([-1, -1])
    assert units.max(axis=0) == pytest.approx([1, 1])
    assert units[1] - units[0] == pytest.approx([0.2, 0])
    assert units[11] - units[0] == pytest.approx([0, 0.2])


def test_some_starts_stand_exactly_on_the_line_that_leads_to_the_saddle():
    points = comparison.starts("saddle")
    assert (points[:, 1] == 0).sum() == 11
    assert not np.signbit(points[points == 0]).any()
    told = [comparison.verdicts("ravine", "rmsprop", n_steps=n) for n in comparison.STEPS]
    assert (told[0] > 0).sum() > 100
    assert (told[2] > 0).sum() == 0 < (told[2] < 0).sum()


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_units_undo_themselves(x, y):
    window = Window((1.0, -2.0), 3.0)
    assert window.from_units(window.to_units(np.array([x, y]))) == pytest.approx([x, y])


@pytest.mark.parametrize(
    ("name", "rule", "n_steps"),
    [("ravine", "rmsprop", 20), ("beale", "adam", 60), ("saddle", "momentum", 200)],
)
def test_tuned_rate_leaves_the_lowest_losses(name, rule, n_steps):
    surface, first = SURFACES[name], comparison.starts(name)
    every = np.broadcast_to(first, (len(comparison.RATES), *first.shape))
    path = descend(surface.gradient, every, OPTIMIZERS[rule](comparison.RATES[:, None]), n_steps)
    heights = np.nan_to_num(surface.value(path[-1]), nan=1e5)
    scores = np.log(np.clip(heights, 1e-4, 1e5)).mean(axis=1)
    best = comparison.tuned_rate(name, rule, n_steps) == comparison.RATES
    assert scores[best] == scores.min() < scores.mean() - 1


def test_paths_are_those_of_single_descents():
    every = comparison.paths("beale", "rmsprop", 20)
    rule = OPTIMIZERS["rmsprop"](comparison.tuned_rate("beale", "rmsprop", 20))
    for index in (0, 37, 120):
        start = comparison.starts("beale")[index]
        alone = descend(SURFACES["beale"].gradient, start, rule, 20)
        assert np.array_equal(every[:, index], alone)
    assert not every.flags.writeable
    with pytest.raises(ValueError, match="multiple of 10"):
        comparison.tuned_rate("ravine", "adam", 25)


def test_verdicts_compare_arrivals_and_then_final_losses():
    for name, rule, n in [("himmelblau", "adam", 200), ("rosenbrock", "momentum", 60)]:
        told = comparison.verdicts(name, rule, n_steps=n)
        every = [
            np.nan_to_num(SURFACES[name].value(comparison.paths(name, which, n)), nan=np.inf)
            for which in (rule, "gradient_descent")
        ]
        wanted = []
        for both in zip(*(heights.T for heights in every), strict=True):
            low = [np.logical_and.accumulate(heights[::-1] <= 1e-4).sum() for heights in both]
            alike = max(low) > 0 or abs(np.log(both[0][-1] / both[1][-1])) < 0.01
            last = 0 if alike else np.sign(both[1][-1] - both[0][-1])
            wanted.append(np.sign(low[0] - low[1]) or last)
        assert told.tolist() == wanted


ARRIVED, NEAR, FAR = [0.0, 0.0], [0.5, 0.0], [1.0, 0.0]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ([FAR, ARRIVED, ARRIVED], [FAR, FAR, ARRIVED], 1),
        ([ARRIVED, FAR, ARRIVED], [FAR, ARRIVED, ARRIVED], -1),  # what counts is to stay
        ([FAR, ARRIVED, [1e-3, 0.0]], [FAR, ARRIVED, ARRIVED], 0),
        ([ARRIVED] * 3, [NEAR, ARRIVED, ARRIVED], 1),
        ([ARRIVED, ARRIVED, NEAR], [FAR, FAR, NEAR], 0),
        ([FAR, FAR, NEAR], [NEAR, NEAR, FAR], 1),
        ([FAR, FAR, NEAR], [FAR, FAR, [0.5001, 0.0]], 0),
        ([FAR, FAR, [np.nan, 0.0]], [FAR, NEAR, FAR], -1),
    ],
)
def test_the_first_to_arrive_for_good_is_ahead(ours, theirs, told):
    paths = (np.array(path)[:, np.newaxis] for path in (ours, theirs))
    heights = (comparison.losses("ravine", path) for path in paths)
    assert comparison.first_to_arrive(*heights).tolist() == [told]


@pytest.mark.parametrize("name", NAMES)
def test_the_least_curvature_is_the_smaller_eigenvalue(name, rng):
    for place in rng.uniform(*SURFACES[name].bounds.T, (5, 2)):
        smaller, _ = np.linalg.eigvalsh(SURFACES[name].hessian(place))
        assert comparison.least_curvature(name, place) == pytest.approx(smaller)


def end(name, start, rate, n_steps=60):
    return fate(name, descend(SURFACES[name].gradient, start, gradient_descent(rate), n_steps))


def test_arriving_counts_the_steps_until_the_loss_is_low_for_good():
    # f = ½ u² along the gentle axis and u shrinks by 0.9 a step: ½ · 0.9²ᵏ ≤ 10⁻⁴ from k = 41 on.
    assert end("ravine", [1.0, 0.0], 0.1) == ("arrives", 41, 0)
    assert end("ravine", [0.0, 0.0], 0.1) == ("arrives", 0, 0)
    assert end("saddle", [1.0, 0.0], 0.5)[0] == "saddle"
    assert end("ravine", [1.0, 0.0], 0.1, 15)[0] == "close"
    assert end("beale", [4.0, -4.0], 1e-9)[0] == "stalls"
    for index, minimum in enumerate(SURFACES["himmelblau"].minima):
        assert end("himmelblau", minimum + 0.1, 0.01)[2] == index


HALF = 4.0  # half a side of the ravine's window; its picture ends at 1.1 and nowhere is beyond 3


@pytest.mark.parametrize(
    ("across", "kind", "step"),
    [
        ([0, 3.5 * HALF], "diverges", 1),
        ([0, 1.05 * HALF, 2 * HALF, 3.5 * HALF], "diverges", 2),
        ([3.5 * HALF, 3.6 * HALF], "diverges", 0),
        ([0, 2.0, 1.2 * HALF], "outside", 2),
        ([1.2 * HALF, 1.2 * HALF, 2.0], "moves", 2),
        ([3.0, *[2.0] * 9, 2.03], "stalls", 10),
        ([3.0, *[2.0] * 9, 2.05], "moves", 10),
    ],
)
def test_fates_of_paths_along_the_gentle_axis(across, kind, step):
    assert fate("ravine", np.column_stack([across, np.zeros(len(across))])) == (kind, step, 0)


def test_a_descent_that_ends_nowhere_diverges_and_one_on_its_way_to_a_saddle_moves():
    nowhere = np.array([[1.0, 0.0], [np.nan, np.inf], [np.nan, np.nan]])
    assert fate("ravine", nowhere) == ("diverges", 1, 0)
    assert fate("saddle", np.array([[50.0, 0.0], [np.inf, 0.0]]))[:2] == ("diverges", 0)
    assert fate("saddle", np.array([[1.9, 0.0], [0.5, 0.0]]))[0] == "moves"
