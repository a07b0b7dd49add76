"""Arguments outside their range are refused by name.

The right calls are those of the docstrings' examples (`tests/invalid_inputs`). What has another
type or shape, or is not finite, is generated from them in `test_invalid_inputs.py`.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from tests.invalid_inputs.catalogue import calls
from tests.invalid_inputs.examples import documented

RANGES: dict[str | int | range, str] = {
    "(0, inf)": "bandwidth best_step.value curvature energy.power gain gains held_out_scale "
    "intensity largest_curvature learning_rate noisy_escape_time.noise "
    "operations peak period rate rates ridge_fit.penalty ridge_shrinkage.penalty samples scale "
    "smallest_curvature softmax_regression.penalty spacing steepness step steps tolerance "
    "tower_network.width training_operations.parameters variance",
    "[0, inf)": "curvatures epsilon hats_needed.curvature interpolation_bound.curvature l1 l2 "
    "noise penalty soft_threshold.threshold spread",
    "(-inf, 0)": "escape_time.curvature noisy_escape_time.curvature",
    "(0, 1)": "height offset",
    "[0, 1)": "decay decay1 decay2",
    "(0, 1]": "enclosed_paper.threshold has_hole.threshold keep_rate",
    "[0, 1]": "answers binary_cross_entropy.labels binary_cross_entropy_gradient.labels digit "
    "enclosed_paper.images has_hole.images jitter.noise "
    "share shift squared_error_through_sigmoid.labels "
    "squared_error_through_sigmoid_gradient.labels tent.x wrong",
    "[-1, 1]": "legendre.x legendre_features.x",
    "(0, 1e6]": "deep_accuracies.gains",
    "[1, 1e12]": "condition_number",
    "[1, inf)": "overhead",
    0: "<lambda>.k descend.n_steps n_hyperplanes "
    "n_layers schedule.k seed seeds stopping_shrinkage.n_steps",
    1: "Recipe.hidden batch_size blocks bytes_per_number channels context degree depth filters "
    "kernel n_axes "
    "n_draws n_epochs n_features n_hidden n_in n_iterations n_out n_samples "
    "n_steps n_units nearest_rows.k patience positions random_network.width "
    "sample.n side sizes snapshot_every vocabulary widths",
    2: "n_points sample_curve.n_samples softmax_regression.n_classes",
    10: "learn_shuffled.n_samples",
    range(1, 5): "power",
    range(1, 31): "CurveFit.degree",
    range(1, 51): "tent_network.depth",
    range(1, 3501): "n_digits",
    range(1, 10_001): "max_regions.n_in",
    range(1, 10**6 + 1): "check_gradient.directions n_folds",
    range(1, 250_000_001): "gpt2.width",
    range(10, 201): "paths.n_steps tuned_rate.n_steps verdicts.n_steps",
    range(10, 3824): "n_train",
}
"""By interval (for whole numbers their range, or the least of them) the arguments that lie in it:
by name, or by function and name where others of the name differ."""

LIMITS = {name: limit for limit, names in RANGES.items() for name in names.split()}


def key_of(function: Callable[..., Any], argument: str) -> str:
    """Return the name under which the table has an argument, if it has it."""
    own = f"{getattr(function, '__name__', '')}.{argument}"
    return own if own in LIMITS else argument


def limit_of(function: Callable[..., Any], argument: str) -> str | int | range | None:
    """Return the interval of an argument, if it has one."""
    return LIMITS.get(key_of(function, argument))


def outside(limit: str | int | range) -> Iterator[float]:
    """Yield the number nearest to each end that is outside."""
    if isinstance(limit, int):
        yield limit - 1
        return
    if isinstance(limit, range):
        yield from (limit.start - 1, limit.stop)
        return
    for end, bracket, away in zip(
        map(float, limit[1:-1].split(", ")), (limit[0], limit[-1]), (-np.inf, np.inf), strict=True
    ):
        if np.isfinite(end):
            yield end if bracket in "()" else float(np.nextafter(end, away))


FIRST = {call.function: call for call in calls()[::-1]}
PLACES = [
    (call, argument)
    for call in FIRST.values()
    for argument in inspect.signature(call.function).parameters
    if re.search(
        r"\b(at least|greater than|below|in|int, from) ", documented(call.function, argument)[1]
    )
    or (
        call.function.__module__.startswith("mathdl.")
        and limit_of(call.function, argument) is not None
    )
]
"""All arguments that have an interval, by the docstring or by the table, after a right call."""


@pytest.mark.parametrize(("call", "argument"), PLACES, ids=str)
def test_arguments_outside_their_range_are_refused(call, argument):
    arguments, limit = call.fresh(), limit_of(call.function, argument)
    assert limit is not None, "say in RANGES in which interval it lies"
    for number in outside(limit):
        right, wrong = arguments.get(argument), number
        if isinstance(right, np.ndarray):
            wrong = np.full(right.shape, number)
        elif isinstance(right, (list, tuple)):
            wrong = [number] * len(right)
        with pytest.raises(ValueError, match=rf"\b{argument}\b.* must (be|lie|hold) "):
            call.function(**{**arguments, argument: wrong})


def test_the_table_names_nothing_that_is_gone():
    assert LIMITS.keys() <= {key_of(call.function, argument) for call, argument in PLACES}
