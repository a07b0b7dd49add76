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
from mathdl.concepts import cross_entropy, softmax
from mathdl.faq.experiments.recipes import noisy_digits

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
    w = _start(loop.spread, rng)
    velocity = summed = [np.zeros_like(part) for part in w]
    losses, held = [], [_loss(w, held_x, held_y)]
    for step, rows in zip(range(1, N_STEPS + 1), _batches(y, loop.shuffled, rng), strict=False):
        losses.append(_loss(w, x[rows], y[rows]))
        gradient = _gradient(w, x[rows], y[rows], loop.penalty)
        if not loop.reset:
            gradient = summed = [s + g for s, g in zip(summed, gradient, strict=True)]
        velocity = [0.9 * v + g for v, g in zip(velocity, gradient, strict=True)]
        w = [part - loop.rate * v for part, v in zip(w, velocity, strict=True)]
        if step % EVERY == 0:
            held.append(_loss(w, held_x, held_y))
    wrong = [
        float((_scores(w, *pair)[1].argmax(axis=1) != labels).mean())
        for *pair, labels in ((x, y), (held_x, held_y))
    ]
    return Curves(np.array(losses), np.array(held), *wrong)


def _start(spread: float, rng: np.random.Generator) -> list[Array]:
    """Return weights, bias, weights, bias."""
    w = []
    for n_in, n_out in ((64, N_HIDDEN), (N_HIDDEN, 10)):
        w += [spread * np.sqrt(2 / n_in) * rng.normal(size=(n_out, n_in)), np.zeros(n_out)]
    return w


def _batches(y: IntegerArray, shuffled: bool, rng: np.random.Generator) -> Iterator[IntegerArray]:
    """Yield the rows of one batch after another, without end."""
    while True:
        order = rng.permutation(len(y)) if shuffled else np.argsort(y, kind="stable")
        yield from np.split(order, range(BATCH, len(y), BATCH))


def _scores(w: list[Array], x: Array) -> tuple[Array, Array]:
    hidden = np.maximum(x @ w[0].T + w[1], 0)
    return hidden, hidden @ w[2].T + w[3]


def _loss(w: list[Array], x: Array, y: IntegerArray) -> float:
    return float(cross_entropy.plain(_scores(w, x)[1], y))


def _gradient(w: list[Array], x: Array, y: IntegerArray, penalty: float) -> list[Array]:
    hidden, scores = _scores(w, x)
    upstream = (softmax.plain(scores) - np.eye(10)[y]) / len(y)
    back = upstream @ w[2] * (hidden > 0)
    return [
        back.T @ x + penalty * w[0],
        back.sum(axis=0),
        upstream.T @ hidden + penalty * w[2],
        upstream.sum(axis=0),
    ]
