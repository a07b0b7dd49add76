"""Calls of gradient descent: rules, surfaces, theory and training."""

import numpy as np

from mathdl import gradient_descent as gd
from mathdl.experiments import gradient_descent as experiments
from mathdl.experiments.forward import deep_accuracies, train_readers
from mathdl.experiments.gradient_descent import comparison, reading_digits
from mathdl.forward import initialize, n_parameters
from mathdl.gradient_descent import Window
from tests.bad_days.calls import call
from tests.bad_days.material import (
    ADAM,
    BINARY,
    BOWL,
    HESSIAN,
    LABELS,
    NETWORK,
    POSITIVE,
    RNG,
    SMALL,
    SMOOTH,
    X,
    images,
    twice,
)

START = np.array([[1.0, 2.0], [0.5, -1.0], [2.0, 0.25]])
DIRECTIONS = np.arange(44).reshape(2, 22) % 5 / 4
PATH = np.array([[2.0, 1.0], [1.0, 0.75], [0.5, 0.25], [0.25, 0.125]])

READER = initialize(experiments.DIGITS_SIZES, rng=np.random.default_rng(0))
N = n_parameters(READER)
SLICE = reading_digits.Slice(
    np.zeros(N),
    np.ones((2, N)) / N,
    Window((0.0, 0.0), 1.0),
    np.ones((3, 3)),
    START[:, :2],
    START[:, :2],
    0.5,
)


def descent(optimizer: gd.Optimizer) -> np.ndarray:
    """Follow a rule from three starts."""
    return gd.descend(BOWL.gradient, START, optimizer, 3)


def batches(iterator):
    """Return all batches."""
    return list(iterator)


SURFACE_CALLS = [
    call(function, points=START).diverging()
    for surface in gd.SURFACES.values()
    for function in (surface.value, surface.gradient, surface.hessian)
]

TRAINING = {
    "layers": NETWORK,
    "x": X,
    "target": LABELS,
    "loss": "cross_entropy",
    "optimizer": ADAM,
    "n_epochs": 2,
    "batch_size": 2,
    "rng": RNG,
}

GRADIENT_DESCENT = [
    call(gd.descend, gradient=BOWL.gradient, start=START, optimizer=ADAM, n_steps=3)
    .diverging()
    .saying("ravine takes points"),
    call(gd.backtracking, value=BOWL.value, initial_rate=1.0, shrink=0.5, sufficient=0.125)
    .used(descent)
    .diverging(),
    call(gd.newton, hessian=BOWL.hessian, learning_rate=0.5)
    .used(descent)
    .diverging()
    .saying("Hessian"),
    call(gd.gradient_descent, learning_rate=SMALL).in_float64().used(descent).diverging(),
    call(gd.momentum, learning_rate=SMALL, decay=SMALL).in_float64().used(descent).diverging(),
    call(gd.nesterov, learning_rate=SMALL, decay=SMALL).in_float64().used(descent).diverging(),
    call(gd.adagrad, learning_rate=SMALL, epsilon=SMALL).in_float64().used(descent).diverging(),
    call(gd.rmsprop, learning_rate=SMALL, decay=SMALL, epsilon=SMALL)
    .in_float64()
    .used(descent)
    .diverging(),
    call(gd.adam, learning_rate=SMALL, decay1=SMALL, decay2=SMALL, epsilon=SMALL)
    .in_float64()
    .used(descent)
    .diverging(),
    call(gd.adam, learning_rate=0.125).in_float64().used(descent).diverging(),
    call(gd.scheduled, optimizer=ADAM, schedule=gd.inverse_time_decay(3.0))
    .used(descent)
    .diverging(),
    call(gd.inverse_time_decay, period=3.0).used(lambda schedule: schedule(2)),
    call(gd.inverse_time_decay(3.0), k=2),
    call(gd.cosine_decay, n_steps=4).used(lambda schedule: schedule(2)),
    call(gd.cosine_decay(4), k=2),
    call(gd.quadratic, hessian=HESSIAN, minimum=X[0], name="bowl")
    .in_float64()
    .used(lambda surface: surface.value(START))
    .fixing("name")
    .diverging()
    .saying("bowl takes points"),
    call(gd.ill_conditioned, condition_number=4.0, angle=0.5).used(lambda s: s.gradient(START)),
    *SURFACE_CALLS,
    call(gd.permute_units, layers=NETWORK, orders=[np.array([2, 0, 3, 1])]),
    call(gd.constant_init, layers=NETWORK, weight=0.5),
    call(
        gd.stationary_variance, learning_rate=SMALL, curvature=POSITIVE, noise=SMALL, decay=SMALL
    ),
    call(gd.noisy_gradient, gradient=twice, noise=0.5, rng=RNG)
    .in_float64()
    .used(lambda noisy: noisy(START))
    .diverging(),
    call(gd.noisy_gradient, gradient=twice, noise=SMALL[:2], rng=RNG)
    .in_float64()
    .used(lambda f: f(START))
    .diverging(),
    call(gd.escape_time, learning_rate=SMALL, curvature=-POSITIVE, offset=SMALL),
    call(gd.noisy_escape_time, learning_rate=SMALL, curvature=-POSITIVE, noise=SMALL),
    call(gd.largest_stable_rate, largest_curvature=POSITIVE, decay=SMALL),
    call(gd.best_rate, smallest_curvature=SMALL, largest_curvature=POSITIVE),
    call(
        gd.contraction_factor,
        learning_rate=SMALL,
        smallest_curvature=SMALL,
        largest_curvature=POSITIVE,
    ),
    call(gd.heavy_ball_radius, learning_rate=SMALL, decay=SMALL, curvature=POSITIVE),
    call(gd.nesterov_radius, learning_rate=SMALL, decay=SMALL, curvature=POSITIVE),
    call(gd.tuned_heavy_ball, smallest_curvature=SMALL, largest_curvature=POSITIVE),
    call(gd.eigenmodes, path=PATH, hessian=HESSIAN, minimum=X[0]).diverging(),
    call(
        gd.descent_bound,
        value=POSITIVE,
        gradient=START,
        learning_rate=0.125,
        largest_curvature=2.0,
    ),
    call(gd.measured_rate, errors=PATH).diverging(),
    call(gd.accuracy, layers=NETWORK, x=X, labels=LABELS),
    call(gd.accuracy, layers=NETWORK, x=X, labels=BINARY),
    call(
        gd.mini_batches,
        x=X,
        target=LABELS,
        batch_size=2,
        rng=RNG,
        augment=lambda x, rng: x + rng.normal(),
    ).used(batches),
    call(gd.train, **TRAINING).in_float64().diverging(),
    call(
        gd.train,
        **TRAINING,
        validation=(X, LABELS),
        augment=lambda x, rng: 2 * x,
        snapshot_every=1,
    )
    .in_float64()
    .diverging(),
    call(
        gd.sharpness,
        layers=SMOOTH,
        x=X,
        target=LABELS,
        loss="cross_entropy",
        rng=RNG,
        n_iterations=3,
    ).within(1e-6),
    call(experiments.jitter, images=images(2), rng=RNG, shift=0.5, noise=0.125).other_in_float32(),
    call(gd.filter_normalized_directions, layers=NETWORK, rng=RNG, n_directions=2),
    call(gd.principal_axes, snapshots=PATH, n_axes=2),
    call(gd.plane_coordinates, snapshots=PATH, center=X[0], directions=HESSIAN),
    call(
        gd.loss_surface,
        layers=NETWORK,
        x=X,
        target=LABELS,
        directions=DIRECTIONS,
        first=SMALL,
        second=POSITIVE,
        loss="cross_entropy",
        n_jobs=1,
    )
    .fixing("n_jobs")
    .in_the_type_of("layers")
    .diverging(),
    call(
        experiments.lowest_loss,
        surface=BOWL,
        start=X[0],
        rule=gd.gradient_descent,
        rates=SMALL,
        n_steps=2,
    ).diverging(),
    call(comparison.starts, surface="saddle"),
    call(comparison.tuned_rate, surface="saddle", rule="adam"),
    call(comparison.paths, surface="saddle", rule="adam"),
    call(comparison.losses, surface="saddle", points=START),
    call(comparison.verdicts, surface="saddle", rule="adam", rival="momentum"),
    call(comparison.fate, surface="saddle", path=PATH),
    call(Window((0.0, 1.0), 2.0).to_units, points=START).diverging(),
    call(Window((0.0, 1.0), 2.0).from_units, units=START).diverging(),
    call(reading_digits.slice_units),
    call(reading_digits.loss_at, layers=READER, parameters=np.zeros(N)),
    call(reading_digits.loss_barrier, between=SLICE, n=3),
    call(reading_digits.digits_to_show, n=3, n_never=1),
]

DIGITS = [
    call(
        experiments.train_digits,
        rng=RNG,
        learning_rate=0.0625,
        batch_size=20,
        n_epochs=1,
        snapshot_every=2,
    ).diverging(),
    call(experiments.digits_errors, rates=SMALL[:1], seeds=[3], n_epochs=1, n_jobs=1)
    .in_float64()
    .fixing("n_jobs"),
    call(
        deep_accuracies,
        n_hidden=1,
        gains=SMALL[:1],
        rates=SMALL[:1],
        seeds=[3],
        n_epochs=1,
        n_jobs=1,
    )
    .in_float64()
    .fixing("n_jobs")
    .diverging(),
    call(train_readers, seeds=[3], n_epochs=1, n_jobs=1).in_float64().fixing("n_jobs"),
]
