"""The explorers of the outlook chapter: a fit that explodes, a matrix, a walk to a digit."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider, steps
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.background import linear_pieces
from mathdl.datasets import load_digits
from mathdl.forward import Layer, forward
from mathdl.gradient_descent.experiments import train_digits
from mathdl.outlook import input_gradient, legendre_features, minimum_norm
from mathdl.outlook.figures.integration_path import IntegrationPath, draw_integration_path
from mathdl.outlook.figures.random_features import draw_descent, draw_stretch

SIZES = (2, 3, 4, 5, 6, 8, 10, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 26, 28, 30, 35, 40,
         60, 100, 200, 400)  # fmt: skip
"""Numbers of features p."""

NOISES = (0.0, 0.1, 0.4)
"""Standard deviations of the noise in the targets."""

N_SAMPLES = 20
POINTS = np.linspace(-1, 1, N_SAMPLES)
GRID = np.linspace(-1, 1, 401)
"""Where errors are measured."""

DRAWN = np.union1d(GRID[::2], POINTS)
"""Where a fit is drawn."""

TRUTHS: dict[str, Callable[[Array], Array]] = {
    "wave": lambda x: np.sin(np.pi * x),
    "step": np.sign,
}

DIGITS = {"1": "a one", "2": "a two", "5": "a five, read as 9"}
"""Which test digits can be walked to, by their number in the test set."""

DECOMPOSED = (
    r"\mathbb E(\hat y - f)^2 \approx "
    r"\num{bias:.2g} + \num{variance:.2g} \approx \num{sum:.2g}"
)
"""The expected error of a fit as bias² and variance."""

MATRIX = np.array([[1, 0.8], [0.8, 1]])
"""Two features of two samples that are nearly alike."""

PLACES = 16
"""Into how many steps a walk is cut."""


@functools.cache
def reader() -> list[Layer]:
    """Train the network of the chapter."""
    return train_digits(np.random.default_rng(0)).layers


def answer_to(number: int) -> int:
    """Return what the network says of a test digit."""
    return int(forward(reader(), load_digits().x_test[number][None]).output.argmax())


@functools.cache
def integration_path_to(number: int) -> IntegrationPath:
    """Walk from empty paper to a test digit and note what the logit of its answer does.

    The network is affine between two bends of the path, so the shares are exact.
    """
    image, network = load_digits().x_test[number], reader()
    places = np.linspace(0, 1, PLACES + 1)
    inputs, units = places[:, None] * image, np.full(PLACES + 1, answer_to(number))
    heights = forward(network, inputs).output[:, units[0]]
    answer = Layer(network[-1].weights[units[:1]], network[-1].bias[units[:1]])
    pieces = linear_pieces([Layer(image[:, None], 0 * image), *network[:-1], answer])
    ends = np.union1d(pieces, places)
    middles = (ends[:-1] + ends[1:]) / 2
    slopes = input_gradient(network, middles[:, None] * image, np.full(len(middles), units[0]))
    walked = np.cumsum(np.diff(ends)[:, None] * slopes, axis=0)
    return IntegrationPath(
        inputs,
        places,
        heights - heights[0],
        input_gradient(network, inputs, units) @ image,
        image * np.vstack([0 * image, walked])[np.searchsorted(ends, places)],
    )


def integration_path_explorer() -> Explorer:
    """Let the reader walk from empty paper to a digit and collect what each pixel contributes."""
    figure, (left, right) = panels(2, height=260)
    picture = draw_integration_path(left, right)
    rise, product = (
        float(integration_path_to(1).rises[-1]),
        float(integration_path_to(1).slopes[-1]),
    )

    @explore(
        figure,
        picture.artists,
        "What is the answer due to?",
        prediction=predict(
            say(
                "From empty paper to this one the logit rises by {rise:.3g}. What does gradient "
                "times ink at the one add up to?",
                rise=rise,
            ),
            ["about the same", "less", "more"],
            answer=0 if abs(product / rise - 1) < 0.1 else 1 if product < rise else 2,
            why=say(
                "It is {product:.3g}. At first the logit hardly moves, then the slope grows. The "
                "gradient at the end knows nothing of the beginning; a sum along the way does.",
                product=product,
            ),
            show=[{"moment": 0}, {"moment": PLACES}],
            panel=2,
        ),
        digit=choice(DIGITS, label="digit"),
        moment=steps(
            PLACES,
            label="share of the way",
            start=8,
            jump=0,
            words=[f"{k / PLACES:.0%}" for k in range(PLACES + 1)],
        ),
    )
    def update(digit: str, moment: int) -> Sentence:
        path = integration_path_to(int(digit))
        picture.move(path, moment)
        told = {
            "answer": answer_to(int(digit)),
            "rise": path.rises[moment],
            "whole": path.rises[-1],
            "sum": float(path.shares[moment].sum()),
            "slope": path.slopes[moment],
        }
        if moment == 0:
            return say(
                "At the start. If the slope stayed what it is here, the logit of {answer} would "
                "change by {slope:+.1f}; it will change by {whole:+.1f}.",
                **told,
            )
        if moment == PLACES:
            return say(
                "The logit of {answer} has changed by {rise:+.1f}, and the shares add up to "
                "{sum:+.1f}. The gradient at the digit times the way makes {slope:+.1f}.",
                **told,
            )
        return say(
            "The logit of {answer} has changed by {rise:+.1f} of {whole:+.1f}, and the shares so "
            "far add up to {sum:+.1f}. The slope here, kept up all the way, would make "
            "{slope:+.1f}.",
            **told,
        )

    return update


@functools.cache
def shortest_fit(p: int) -> tuple[Array, Array]:
    """Return what turns targets into the shortest fit on GRID, and into that at DRAWN."""
    rows = minimum_norm(legendre_features.plain(POINTS, p), np.eye(N_SAMPLES))
    return legendre_features.plain(GRID, p) @ rows, legendre_features.plain(DRAWN, p) @ rows


@functools.cache
def error_parts(truth: str, noise: float) -> Array:
    """Return bias² and variance (2, n_sizes), means over GRID."""
    f, rows = TRUTHS[truth], [shortest_fit(p)[0] for p in SIZES]
    bias = [np.mean((row @ f(POINTS) - f(GRID)) ** 2) for row in rows]
    return np.array([bias, [noise**2 * np.mean((row**2).sum(axis=1)) for row in rows]])


@functools.cache
def drawn_noise() -> Array:
    """Draw the noise of the one fit that is shown, with standard deviation 1."""
    return np.random.default_rng(0).normal(size=N_SAMPLES)


def stretch_explorer() -> Explorer:
    """Let the reader turn two coefficients and see how long a fit they make."""
    figure, axes = panels(1, width=352, height=240)
    picture = draw_stretch(axes, MATRIX)
    longest, shortest = np.linalg.svd(MATRIX).S.tolist()
    middle = float(np.hypot(longest, shortest) / np.sqrt(2))

    @explore(
        figure,
        picture.artists,
        "Which coefficients make a long fit?",
        computed=True,
        prediction=predict(
            say(
                "The longest fit measures {longest:.1f}, the shortest {shortest:.1f}. And with θ "
                "halfway between their two directions?",
                longest=longest,
                shortest=shortest,
            ),
            ["1.0", "shorter", "longer"],
            answer=0 if abs(middle - 1) < 0.05 else 1 if middle < 1 else 2,
            why=say(
                "It is {middle:.2f}. θ has a part of length 1/√2 in each direction. One becomes "
                "{long:.2f} long, the other {short:.2f}, at right angles, so the squares add up.",
                middle=middle,
                long=longest / np.sqrt(2),
                short=shortest / np.sqrt(2),
            ),
            show=[{"angle": 45}, {"angle": 135}, {"angle": 90}],
        ),
        angle=slider(np.arange(0, 181, 5), label="direction of θ, in degrees", start=15),
    )
    def update(angle: float) -> Sentence:
        theta = np.stack([np.cos(angle * np.pi / 180), np.sin(angle * np.pi / 180)])
        fit = MATRIX @ theta
        for line, end in ((picture.theta, theta), (picture.fit, fit)):
            line.set_data(np.stack([0, end[0]]), np.stack([0, end[1]]))
        length = np.sqrt((fit**2).sum())
        return say(
            "The coefficients {first:.2f} and {second:.2f} make a fit of length {length:.2f}.",
            first=theta[0],
            second=theta[1],
            length=length,
        ).typeset(
            r"\lVert\Phi\theta\rVert^2 \approx \num{(at_first):.2f}^2 + \num{(at_second):.2f}^2 "
            r"\approx \num{length:.2f}^2",
            at_first=fit[0],
            at_second=fit[1],
        )

    return update


def double_descent_explorer() -> Explorer:
    """Let the reader add features to a fit until it explodes, and go on until it calms down."""
    figure, (left, right) = panels(2, height=216)
    picture = draw_descent(left, right, N_SAMPLES)

    @explore(
        figure,
        picture.artists,
        "What does one more feature do?",
        prediction=_prediction(),
        p=slider(SIZES, label="features p", start=10, marks={"n": N_SAMPLES}),
        truth=choice({"wave": "the wave sin πx", "step": "a step"}, label="truth"),
        noise=slider(NOISES, label="noise σ", start=0.4),
    )
    def update(p: int, truth: str, noise: float) -> Sentence:
        f, size = TRUTHS[truth], SIZES.index(p)
        targets = f(POINTS) + noise * drawn_noise()
        parts = error_parts(truth, noise)
        picture.truth.set_data(DRAWN, f(DRAWN))
        picture.fit.set_data(DRAWN, np.clip(shortest_fit(int(p))[1] @ targets, -9, 9))
        picture.samples.set_offsets(np.column_stack([POINTS, targets]))
        picture.bias.set_data(SIZES, np.where(parts[0] < 1e-4, np.nan, parts[0]))
        picture.variance.set_data(SIZES, np.where(parts[1] < 1e-4, np.nan, parts[1]))
        picture.here.set_data([p], [max(float(parts[:, size].sum()), 0.0013)])
        bias, variance = np.where(parts[:, size] < 1e-12, 0.0, parts[:, size]).tolist()
        far = float(abs(shortest_fit(int(p))[0] @ targets).max())
        return _say(int(p), parts, far).typeset(
            DECOMPOSED, bias=bias, variance=variance, sum=bias + variance
        )

    return update


def _say(p: int, parts: Array, far: float) -> Sentence:
    bias, variance = parts[:, SIZES.index(p)]
    few = parts.sum(axis=0)[: SIZES.index(N_SAMPLES)]
    told: dict[str, Any] = {
        "p": p,
        "n": N_SAMPLES,
        "bias": _amount(bias),
        "variance": _amount(variance),
        "sum": _amount(bias + variance),
        "best": SIZES[int(few.argmin())],
        "least": _amount(few.min()),
    }
    if p < N_SAMPLES and bias + variance < 1e-12:
        return say(
            "{p} features express this truth to six digits: without noise, nothing is left to "
            "be blown up. Expected error: {bias} by bias² and {variance} by variance, together "
            "{sum}.",
            **told,
        )
    if p < N_SAMPLES:
        return say(
            "{p} features cannot meet all {n} targets. Expected error: {bias} by bias² and "
            "{variance} by variance, together {sum}.",
            **told,
        )
    if p == N_SAMPLES:
        return say(
            "{p} features meet {n} targets in exactly one way, as far as {far} from 0. Expected "
            "error: {bias} by bias² and {variance} by variance, together {sum}.",
            far=_amount(far),
            **told,
        )
    return say(
        "{p} features: the shortest of many exact fits. Expected error: {bias} by bias² and "
        "{variance} by variance, together {sum}. The best below {n}, p\u00a0=\u00a0{best}, has "
        "{least}.",
        **told,
    )


def _amount(error: float) -> str:
    if error < 0.001:
        return "0" if error < 1e-12 else "less than 0.001"
    return f"{error:,.0f}" if error >= 10 else f"{error:.3g}"


def _prediction() -> Prediction:
    worst = float(abs(shortest_fit(N_SAMPLES)[0] @ TRUTHS["step"](POINTS)).max())
    return predict(
        say(
            "{n} samples of a step from −1 to 1, without noise, met exactly by {n} features: how "
            "far from 0 does the curve go?",
            n=N_SAMPLES,
        ),
        ["about 1", "about 10", "over 100"],
        answer=0 if worst < 1.5 else 1 if worst < 20 else 2,
        why=say(
            "It goes up to {worst:,.0f}. No combination of {n} such polynomials is a step, and "
            "what they cannot express is blown up like noise.",
            n=N_SAMPLES,
            worst=worst,
        ),
        show=[{"truth": "step", "noise": 0.0, "p": p} for p in (10, N_SAMPLES)],
    )
