"""Ten trainings with one fault each, and a sound one to compare them with."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from explorable.checks import (
    FLAG,
    Array,
    IntegerArray,
    check_fields,
    checked,
    instance,
    number,
    whole,
)
from mathdl.backward import loss_and_gradients
from mathdl.concepts import cross_entropy
from mathdl.faq.experiments.recipes import noisy_digits
from mathdl.faq.objectives import add_penalty
from mathdl.forward import Layer, forward, initialize, parameter_vector
from mathdl.gradient_descent import layers_from

N_HELD_OUT, N_HIDDEN, BATCH, N_STEPS, EVERY = 300, 32, 50, 180, 6


@dataclass(frozen=True)
class Loop:
    """A training of one hidden layer by momentum; sound as it is, broken by a change.

    Attributes
    ----------
    n_digits : int, default 300
        Training digits, at most 3500.
    rate : float, default 0.1
        Learning rate.
    spread : float, default 1
        Factor on He's initial weights, at least 0.
    penalty : float, default 0
        α of L2, at least 0.
    wrong : float, default 0
        Share of the training labels that are wrong, in [0, 1].
    held_out_scale : float, default 1
        Factor on the inputs that are held out, above 0.
    in_order : bool, default True
        Whether each training label stands beside its own image.
    shuffled : bool, default True
        Whether each epoch has another order; otherwise the digits are sorted by class.
    reset : bool, default True
        Whether each step begins with a gradient of 0; otherwise gradients add up.

    Examples
    --------
    >>> Loop(rate=1.0).spread
    1.0
    """

    n_digits: int = 300
    rate: float = 0.1
    spread: float = 1.0
    penalty: float = 0.0
    wrong: float = 0.0
    held_out_scale: float = 1.0
    in_order: bool = True
    shuffled: bool = True
    reset: bool = True

    def __post_init__(self) -> None:
        check_fields(
            self,
            n_digits=whole(at_most=3500),
            rate=number("(0, inf)"),
            spread=number("[0, inf)"),
            penalty=number("[0, inf)"),
            wrong=number("[0, 1]"),
            held_out_scale=number("(0, inf)"),
            in_order=FLAG,
            shuffled=FLAG,
            reset=FLAG,
        )


FAULTS: dict[str, Loop] = {
    "rate too high": Loop(rate=1.0),
    "overfitting": Loop(n_digits=100, wrong=0.3),
    "initial weights all 0": Loop(spread=0.0),
    "held-out not scaled": Loop(held_out_scale=16.0),
    "labels out of order": Loop(in_order=False),
    "gradients never reset": Loop(reset=False),
    "rate too low": Loop(rate=0.001),
    "initial weights large": Loop(spread=10.0),
    "never shuffled": Loop(shuffled=False),
    "penalty too strong": Loop(penalty=0.1),
}
"""What is wrong, and the loop in which it is."""


class Curves(NamedTuple):
    """What one sees of a training.

    Attributes
    ----------
    batch_losses : ndarray, shape (n_steps,)
        The loss of each batch before its step, without a penalty.
    held_out_losses : ndarray, shape (n_steps // 6 + 1,)
        On digits that are held out, before the first step and after every sixth.
    train_error, held_out_error : float
        Shares of labels that the network contradicts in the end.
    """

    batch_losses: Array
    held_out_losses: Array
    train_error: float
    held_out_error: float


@checked(loop=instance(Loop), seed=whole(0, 10**9), diverges=True)
@functools.cache
def follow(loop: Loop, seed: int = 0) -> Curves:
    """Train by a loop, and keep what one would look at; kept, since it is asked often.

    Parameters
    ----------
    loop
        How to train.
    seed
        Decides digits, labels, initial weights and order.

    Returns
    -------
    Curves

    Examples
    --------
    >>> broken = follow(Loop(penalty=0.5), seed=0)
    >>> broken.train_error > 0.3
    True
    """
    rng, n = np.random.default_rng(seed), loop.n_digits
    x, y = noisy_digits(n + N_HELD_OUT, 0.0, rng=rng)
    held_x, held_y = loop.held_out_scale * x[n:], y[n:]
    x, y = x[:n], y[:n]
    y = np.where(rng.random(n) < loop.wrong, (y + rng.integers(1, 10, n)) % 10, y)
    y = y if loop.in_order else rng.permutation(y)
    network = initialize((64, N_HIDDEN, 10), rng=rng)
    theta = loop.spread * parameter_vector(network)
    network, velocity, summed = layers_from(network, theta), 0 * theta, 0 * theta
    losses, held = [], [_look(network, held_x, held_y)[0]]
    for step, rows in zip(range(1, N_STEPS + 1), _batches(y, loop.shuffled, rng), strict=False):
        loss, slopes = loss_and_gradients.plain(network, x[rows], y[rows], "cross_entropy")
        losses.append(loss)
        _, slopes = add_penalty(network, loss, slopes, 0, loop.penalty)
        gradient = parameter_vector(slopes)
        if not loop.reset:
            gradient = summed = summed + gradient
        velocity = 0.9 * velocity + gradient
        theta = theta - loop.rate * velocity
        network = layers_from(network, theta)
        if step % EVERY == 0:
            held.append(_look(network, held_x, held_y)[0])
    errors = [_look(network, *pair)[1] for pair in ((x, y), (held_x, held_y))]
    curves = Curves(np.array(losses), np.array(held), *errors)
    for array in curves[:2]:
        array.setflags(write=False)  # whoever asks shares them
    return curves


def _batches(y: IntegerArray, shuffled: bool, rng: np.random.Generator) -> Iterator[IntegerArray]:
    """Yield the rows of one batch after another, without end."""
    while True:
        order = rng.permutation(len(y)) if shuffled else np.argsort(y, kind="stable")
        yield from np.split(order, range(BATCH, len(y), BATCH))


def _look(network: list[Layer], x: Array, y: IntegerArray) -> tuple[float, float]:
    """Return the loss, and the share of labels that are contradicted."""
    scores = forward.plain(network, x).output
    return float(cross_entropy.plain(scores, y)), float((scores.argmax(axis=1) != y).mean())
