"""The explorer of noise: batch size and learning rate against a floor, and out of a saddle."""

import functools
import math

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.sentences import Sentence
from mathdl.gradient_descent import (
    SURFACES,
    descend,
    figures,
    gradient_descent,
    noisy_gradient,
    stationary_variance,
)

BATCHES = {"1": "1", "4": "4", "16": "16", "64": "64", "256": "256", "all": "all samples"}
RATES = [0.05, 0.1, 0.2, 0.4, 0.8, 1.2]

FLOOR = (
    r"V = \frac{\eta\,\sigma^2}{\lambda\,(2 - \eta\lambda)} = "
    r"\frac{\num{rate:.2f}\cdot\num{variance:.3g}}{1\cdot(2 - \num{rate:.2f}\cdot 1)} = "
    r"\num{level:.2g}"
)
"""The noise floor, on a parabola of curvature 1."""

STEPS = 80
RUNS = 400
SADDLE_NOISE = 0.1
"""Standard deviation of one sample's gradient on the saddle; on the parabola it is 1."""


def batch_noise(batch: str) -> float:
    """Return the standard deviation of a batch's gradient, where one sample's is 1."""
    return 0.0 if batch == "all" else float(batch) ** -0.5


@functools.cache
def parabola_runs(batch: str, rate: float) -> Array:
    """Return squared distances (STEPS + 1, RUNS) of noisy descents on θ²/2 that start at 3."""
    rng = np.random.default_rng(0)
    gradient = noisy_gradient(lambda x: x, batch_noise(batch), rng=rng)
    path = descend(gradient, np.full((RUNS, 1), 3.0), gradient_descent(rate), STEPS)
    squares: Array = path[..., 0] ** 2
    return squares


@functools.cache
def saddle_runs(batch: str, rate: float) -> Array:
    """Return paths (STEPS + 1, RUNS, 2) of noisy descents that start on the saddle's ridge."""
    rng = np.random.default_rng(1)
    noise = SADDLE_NOISE * batch_noise(batch)
    gradient = noisy_gradient(SURFACES["saddle"].gradient, noise, rng=rng)
    start = np.tile([1.6, 0.0], (RUNS, 1))
    return descend(gradient, start, gradient_descent(rate), STEPS)


def share_left(batch: str, rate: float) -> Array:
    """Return the share of the runs that have been farther than ½ from the ridge, by step."""
    gone = np.maximum.accumulate(abs(saddle_runs(batch, rate)[..., 1]) > 0.5)
    return np.asarray(gone.mean(axis=1))


def median_escape(batch: str, rate: float) -> float:
    """Return after how many steps half of the runs have left the ridge; NaN if fewer do."""
    gone = share_left(batch, rate) >= 0.5
    return float(np.argmax(gone)) if gone.any() else math.nan


def noise_explorer() -> Explorer:
    """Let the reader choose batch size and rate, and see a floor and an escape."""
    figure, axes = panels(3, width=620, height=250)
    picture = figures.draw_noise(axes, STEPS, RUNS)
    exact, noisy = share_left("all", 0.2)[-1], share_left("64", 0.2)[-1]

    @explore(
        figure,
        picture.artists,
        "Is noise a friend or an enemy?",
        prediction=predict(
            "Descent starts exactly on the ridge that leads to a saddle. Once with the gradient "
            "of all samples, once with batches of 64. Which of them gets stuck?",
            ["the one with batches", "both", "the one with all samples"],
            answer=2 if noisy > 0.99 and exact == 0 else 1 if noisy < 0.01 else 0,
            why=say(
                "On the ridge the exact gradient has no part across it: {exact:.0%} of the runs "
                "leave. The noise of a batch pushes off the ridge: at η = 0.2, {noisy:.0%} leave.",
                exact=exact,
                noisy=noisy,
            ),
            show=[{"batch": "all"}, {"batch": "64"}],
            panel=3,
        ),
        batch=choice(BATCHES, label="batch size B", start="1"),
        rate=slider(RATES, label="learning rate η", start=0.2),
    )
    def update(batch: str, rate: float) -> Sentence:
        sigma, squares = batch_noise(batch), parabola_runs(batch, rate)
        floor = float(stationary_variance(rate, 1.0, sigma)) if sigma else math.nan
        median = median_escape(batch, rate)
        both = np.column_stack([squares[:, 0], squares.mean(axis=1)])
        picture.move(both, floor, saddle_runs(batch, rate)[:, 0], share_left(batch, rate), median)
        if not sigma:
            return say(
                "With all samples there is no noise: each step multiplies the distance by "
                "{factor:.3g}, without a floor. But no run leaves the ridge.",
                factor=abs(1 - rate),
            )
        return say(
            "{floor} {escape}", floor=str(_floor(floor, squares)), escape=str(_escape(median))
        ).typeset(FLOOR, rate=rate, variance=sigma**2, level=floor)

    return update


def _floor(floor: float, squares: Array) -> Sentence:
    last = float(squares[-20:].mean())
    if last > 1.1 * floor:
        return say(
            "The floor from theory is {floor:.2g}. The runs are still coming down to it: the last "
            "20 of {steps} steps measure {last:.2g}.",
            floor=floor,
            steps=STEPS,
            last=last,
        )
    return say(
        "The floor from theory is {floor:.2g}, the last 20 steps of {runs} runs measure "
        "{last:.2g}.",
        floor=floor,
        runs=RUNS,
        last=last,
    )


def _escape(median: float) -> Sentence:
    if math.isnan(median):
        return say(
            "After {steps} steps, fewer than half of them have left the saddle’s ridge.",
            steps=STEPS,
        )
    return say("Half of them have left the saddle’s ridge after {n:.0f} steps.", n=median)
