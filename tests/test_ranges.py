"""Arguments outside their range are refused by name.

The right calls are those of the docstrings' examples (`tests/invalid_inputs`). What has another
type or shape, or is not finite, is generated from them in `test_invalid_inputs.py`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from mathdl import faq, outlook
from mathdl import gradient_descent as gd
from mathdl.faq import experiments as questions
from mathdl.gradient_descent.experiments import (
    border,
    comparison,
    digits_errors,
    jitter,
    reading_digits,
    train_digits,
)
from mathdl.outlook import experiments as studies
from tests.invalid_inputs.catalogue import calls

POSITIVE = "(0, inf)"
NOT_NEGATIVE = "[0, inf)"
CURVATURES = {"smallest_curvature": POSITIVE, "largest_curvature": POSITIVE}
RADIUS = {"learning_rate": POSITIVE, "decay": "[0, 1)", "curvature": POSITIVE}
ESCAPE = {"learning_rate": POSITIVE, "curvature": "(-inf, 0)"}

RANGES: dict[Callable[..., Any], dict[str, str | int | range]] = {
    gd.descend: {"n_steps": 0},
    gd.backtracking: {"initial_rate": POSITIVE, "shrink": "(0, 1)", "sufficient": "(0, 1)"},
    gd.newton: {"learning_rate": POSITIVE},
    gd.filter_normalized_directions: {"n_directions": 1},
    gd.principal_axes: {"n_axes": 1},
    gd.stationary_variance: {**RADIUS, "noise": NOT_NEGATIVE},
    gd.noisy_gradient: {"noise": NOT_NEGATIVE},
    gd.escape_time: {**ESCAPE, "offset": "(0, 1)"},
    gd.noisy_escape_time: {**ESCAPE, "noise": POSITIVE},
    gd.gradient_descent: {"learning_rate": POSITIVE},
    gd.momentum: {"learning_rate": POSITIVE, "decay": "[0, 1)"},
    gd.nesterov: {"learning_rate": POSITIVE, "decay": "[0, 1)"},
    gd.adagrad: {"learning_rate": POSITIVE, "epsilon": NOT_NEGATIVE},
    gd.rmsprop: {"learning_rate": POSITIVE, "decay": "[0, 1)", "epsilon": NOT_NEGATIVE},
    gd.adam: {
        "learning_rate": POSITIVE,
        "decay1": "[0, 1)",
        "decay2": "[0, 1)",
        "epsilon": NOT_NEGATIVE,
    },
    gd.inverse_time_decay: {"period": POSITIVE},
    gd.cosine_decay: {"n_steps": 1},
    gd.sharpness: {"n_iterations": 1},
    gd.ill_conditioned: {"condition_number": "[1, 1e12]"},
    gd.largest_stable_rate: {"largest_curvature": POSITIVE, "decay": "[0, 1)"},
    gd.best_rate: CURVATURES,
    gd.contraction_factor: {"learning_rate": POSITIVE, **CURVATURES},
    gd.heavy_ball_radius: RADIUS,
    gd.nesterov_radius: RADIUS,
    gd.tuned_heavy_ball: CURVATURES,
    gd.descent_bound: {"learning_rate": POSITIVE, "largest_curvature": POSITIVE},
    gd.mini_batches: {"batch_size": 1},
    gd.train: {"n_epochs": 1, "batch_size": 1, "snapshot_every": 1},
    border.product_loss: {"power": range(1, 5)},
    border.product_gradient: {"power": range(1, 5)},
    border.product_curvature: {"power": range(1, 5)},
    border.product_descent: {"rate": POSITIVE, "power": range(1, 5)},
    comparison.tuned_rate: {"n_steps": range(10, 201)},
    comparison.paths: {"n_steps": range(10, 201)},
    comparison.verdicts: {"n_steps": range(10, 201)},
    jitter: {"shift": "[0, 1]", "noise": "[0, 1]"},
    train_digits: {
        "learning_rate": POSITIVE,
        "batch_size": 1,
        "n_epochs": 1,
        "snapshot_every": 1,
    },
    digits_errors: {"rates": POSITIVE, "seeds": 0, "n_epochs": 1},
    reading_digits.loss_barrier: {"n": 2},
    reading_digits.digits_to_show: {"n": 2, "n_never": 0},
    faq.dropout: {"keep_rate": "(0, 1]"},
    faq.dropout_penalty: {"keep_rate": "(0, 1]"},
    faq.with_dropout: {"keep_rate": "(0, 1]"},
    faq.k_nearest_neighbours: {"k": 1, "n_classes": 1},
    faq.penalized: {"l1": NOT_NEGATIVE, "l2": NOT_NEGATIVE},
    faq.legendre: {"x": "[-1, 1]", "degree": 1},
    faq.fit_weights: {"penalty": NOT_NEGATIVE, "keep_rate": "(0, 1]"},
    faq.ridge: {"penalty": NOT_NEGATIVE},
    faq.ridge_shrinkage: {"curvatures": NOT_NEGATIVE, "penalty": POSITIVE},
    faq.stopped_descent: {"learning_rate": POSITIVE, "n_steps": 0},
    faq.stopping_shrinkage: {
        "curvatures": NOT_NEGATIVE,
        "learning_rate": POSITIVE,
        "n_steps": 0,
    },
    faq.matching_penalty: {"learning_rate": POSITIVE, "n_steps": 1},
    faq.softmax_regression: {"n_classes": 2, "penalty": POSITIVE},
    faq.lbfgs: {"n_steps": 0, "memory": 1},
    faq.soft_threshold: {"threshold": NOT_NEGATIVE},
    faq.ista: {"penalty": NOT_NEGATIVE, "learning_rate": POSITIVE, "n_steps": 0},
    faq.lasso: {"penalty": NOT_NEGATIVE, "n_steps": 1},
    faq.penalized_minimum: {"penalty": NOT_NEGATIVE},
    faq.stop_early: {"patience": 1},
    questions.sample_curve: {"n_samples": 2, "noise": NOT_NEGATIVE},
    questions.curve_errors: {"n_draws": 1, "noise": NOT_NEGATIVE},
    questions.remedy_errors: {"noise": NOT_NEGATIVE},
    questions.noisy_digits: {"n_samples": 1, "wrong": "[0, 1]"},
    questions.run: {"seed": 0},
    questions.measure: {"seeds": 0},
    outlook.integrated_gradients: {"n_steps": 1},
    outlook.randomize_top: {"n_layers": 0},
    outlook.erase_top: {"count": 0},
    outlook.arithmetic_intensity: dict.fromkeys(
        ["n_samples", "n_in", "n_out", "bytes_per_number"], 1
    ),
    outlook.attainable: dict.fromkeys(["intensity", "bandwidth", "peak"], POSITIVE),
    outlook.training_operations: dict.fromkeys(["parameters", "samples"], POSITIVE),
    outlook.energy: {
        **dict.fromkeys(["operations", "rate", "power"], POSITIVE),
        "overhead": "[1, inf)",
    },
    outlook.dense: dict.fromkeys(["n_in", "n_out", "positions"], 1),
    outlook.convolution: dict.fromkeys(["channels", "filters", "kernel", "side", "groups"], 1),
    outlook.normalization: dict.fromkeys(["channels", "places"], 1),
    outlook.gpt2: dict.fromkeys(["blocks", "width", "context", "vocabulary"], 1),
    outlook.legendre_features: {"x": "[-1, 1]", "n_features": 1},
    outlook.repeated_fits: {"noise": NOT_NEGATIVE, "n_draws": 1},
    outlook.decompose: {"noise": NOT_NEGATIVE},
    outlook.shard_sizes: {"n_samples": 1, "n_shards": 1},
    outlook.data_parallel_gradients: {"sizes": 1},
    outlook.ridge_fit: {"penalty": POSITIVE},
    studies.draw_regression: dict.fromkeys(["n_samples", "n_features", "n_inputs", "n_test"], 1),
    studies.feature_risks: {
        "sizes": 1,
        "noises": NOT_NEGATIVE,
        "penalty": NOT_NEGATIVE,
        "n_samples": 1,
        "n_draws": 1,
    },
    studies.shuffle_labels: {"share": "[0, 1]"},
    studies.learn_shuffled: {
        "share": "[0, 1]",
        "seed": 0,
        "n_samples": 10,
        "n_epochs": 1,
        "rate": POSITIVE,
    },
    questions.Recipe: {
        "n_train": range(10, 3824),
        "wrong": "[0, 1]",
        "hidden": 1,
        "l1": NOT_NEGATIVE,
        "l2": NOT_NEGATIVE,
        "keep_rate": "(0, 1]",
        "learning_rate": POSITIVE,
        "batch_size": 1,
        "n_epochs": 1,
        "shift": "[0, 1]",
        "patience": 1,
    },
    questions.CurveFit: {
        "degree": range(1, 31),
        "penalty": NOT_NEGATIVE,
        "keep_rate": "(0, 1]",
    },
    questions.Loop: {
        "n_digits": range(1, 3501),
        "rate": POSITIVE,
        "spread": NOT_NEGATIVE,
        "penalty": NOT_NEGATIVE,
        "wrong": "[0, 1]",
        "held_out_scale": POSITIVE,
    },
}
"""By function and argument the interval, for whole numbers their range or the least of them."""


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


@pytest.mark.parametrize(
    ("function", "argument"),
    [(function, argument) for function, limits in RANGES.items() for argument in limits],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_arguments_outside_their_range_are_refused(function, argument):
    arguments: dict[str, Any] = {}
    for call in calls():
        if call.function is function and argument not in arguments:
            arguments = call.fresh()
    for number in outside(RANGES[function][argument]):
        right, wrong = arguments.get(argument), number
        if isinstance(right, np.ndarray):
            wrong = np.full(right.shape, number)
        elif isinstance(right, (list, tuple)):
            wrong = [number] * len(right)
        with pytest.raises(ValueError, match=rf"\b{argument}\b.* must (be|lie|hold) "):
            function(**{**arguments, argument: wrong})
