"""The explorers of the outlook chapter: a walk from empty paper, and the second descent."""

import functools

import numpy as np

from mathdl.checks import Array
from mathdl.datasets import load_digits
from mathdl.experiments.gradient_descent import train_digits
from mathdl.experiments.outlook import FEATURES, Risks, draw_regression, feature_risks
from mathdl.explorer import Explorer, choice, explore, predict, say, slider, steps
from mathdl.explorer.prediction import Prediction
from mathdl.explorer.wording import Sentence
from mathdl.figures.outlook.integration_path import IntegrationPath, draw_integration_path
from mathdl.figures.outlook.random_features import draw_descent
from mathdl.forward import Layer, forward
from mathdl.outlook import input_gradient, integrated_gradients, minimum_norm
from mathdl.plotting import panels

SAMPLES = (20, 40, 80)
"""Numbers of training samples n; each is a number of features too."""

NOISES = (0.0, 0.1, 0.3, 1.0)
"""Standard deviations of the noise in the targets."""

DRAWS = 25
SHOWN = 60

DIGITS = {"1": "a one", "2": "a two", "5": "a five, read as 9", "7": "a seven"}
"""Which test digits can be walked to, by their number in the test set."""

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
    """Walk from empty paper to a test digit and note what the logit of its answer does."""
    image, network = load_digits().x_test[number], reader()
    places = np.linspace(0, 1, PLACES + 1)
    inputs, units = places[:, None] * image, np.full(PLACES + 1, answer_to(number))
    heights = forward(network, inputs).output[:, units[0]]
    return IntegrationPath(
        image,
        places,
        heights - heights[0],
        input_gradient(network, inputs, units) @ image,
        integrated_gradients(network, inputs, units, n_steps=256),
    )


def integration_path_explorer() -> Explorer:
    """Let the reader walk from empty paper to a digit and collect what each pixel contributes."""
    figure, (left, right) = panels(2, height=290)
    picture = draw_integration_path(left, right)
    rise, product = (
        float(integration_path_to(1).rises[-1]),
        float(integration_path_to(1).slopes[-1]),
    )

    @explore(
        figure,
        picture.artists,
        "What was the answer owed to, and what does the last slope say?",
        prediction=predict(
            say(
                "From empty paper to this one, the logit of its answer rises by {rise:.3g}. "
                "Multiply the gradient at the finished digit by the ink, pixel by pixel, and add "
                "up. What comes out?",
                rise=rise,
            ),
            ["about the same", "clearly less", "clearly more"],
            answer=0 if abs(product / rise - 1) < 0.1 else 1 if product < rise else 2,
            why=say(
                "It is {product:.3g}. At first the logit hardly moves, then the slope grows. The "
                "gradient at the end knows nothing of the beginning; a sum along the way does.",
                product=product,
            ),
        ),
        digit=choice(DIGITS, label="digit"),
        moment=steps(
            PLACES,
            label="share of the way",
            start=8,
            jump=0,
            words=[f"{100 * k / PLACES:.0f} %" for k in range(PLACES + 1)],
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
                "Empty paper. If the slope stayed what it is here, the logit of {answer} would "
                "rise by {slope:.1f}; it will rise by {whole:.1f}.",
                **told,
            )
        if moment == PLACES:
            return say(
                "The logit of {answer} has risen by {rise:.1f}, and the shares add up to "
                "{sum:.1f}. The gradient at the digit times its ink makes {slope:.1f}.",
                **told,
            )
        return say(
            "The logit of {answer} has risen by {rise:.1f} of {whole:.1f}, and the shares so far "
            "add up to {sum:.1f}. The slope here, kept up all the way, would make {slope:.1f}.",
            **told,
        )

    return update


@functools.cache
def risks(n: int) -> Risks:
    """Return errors by noise, number of features and draw."""
    return feature_risks(FEATURES, n_samples=n, noises=NOISES, n_draws=DRAWS)


@functools.cache
def answers(n: int, p: int) -> tuple[Array, Array]:
    """Return the truth (SHOWN,) of new samples of the first draw, and answers by noise."""
    world = draw_regression(n, p, rng=np.random.default_rng(0))
    y = world.truth[:, None] + np.array(NOISES) * world.noise[:, None]
    return world.test_truth[:SHOWN], (world.test_features @ minimum_norm(world.features, y))[
        :SHOWN
    ]


def double_descent_explorer() -> Explorer:
    """Let the reader move the features, the samples and the noise."""
    figure, (left, right) = panels(2)
    picture = draw_descent(left, right)

    @explore(
        figure,
        picture.artists,
        "Do more parameters always overfit?",
        prediction=_prediction(),
        p=slider(FEATURES, label="features p", start=40, marks={"20": 20, "40": 40, "80": 80}),
        n=slider(SAMPLES, label="samples n", start=40),
        noise=slider(NOISES, label="noise σ", start=0.3),
    )
    def update(p: int, n: int, noise: float) -> Sentence:
        level, size = NOISES.index(noise), FEATURES.index(p)
        train, test = (np.median(part[level], axis=1) for part in risks(int(n)))
        picture.train.set_data(FEATURES, np.where(train < 1e-4, np.nan, train))
        picture.test.set_data(FEATURES, test)
        picture.here.set_data([p], [test[size]])
        picture.border.set_data([n, n], [0.003, 500])
        truth, answer = answers(int(n), int(p))
        picture.points.set_offsets(np.column_stack([truth, np.clip(answer[:, level], -6.3, 6.3)]))
        return _say(int(p), int(n), float(train[size]), test, size)

    return update


def _say(p: int, n: int, train: float, test: Array, size: int) -> Sentence:
    here, last, before = float(test[size]), float(test[-1]), float(test[: FEATURES.index(n)].min())
    if p < n:
        return say(
            "{p} features cannot meet {n} targets: the training error is {train:.2g}. On new "
            "samples the error is {here:.3g}.",
            p=p,
            n=n,
            train=train,
            here=here,
        )
    if p == n:
        return say(
            "{p} features meet {n} targets in exactly one way, and it is a bad one: training "
            "error 0, error on new samples {here:.3g}, {ratio:.0f} times that of 800 features.",
            p=p,
            n=n,
            here=here,
            ratio=here / last,
        )
    if here < before:
        return say(
            "{p} features meet {n} targets in many ways, and the shortest beats every fit here "
            "with fewer features than samples: error on new samples {here:.3g}, not {before:.3g}.",
            p=p,
            n=n,
            here=here,
            before=before,
        )
    return say(
        "{p} features meet {n} targets in many ways. The shortest has error {here:.3g} on new "
        "samples, above the best with fewer features than samples, {before:.3g}.",
        p=p,
        n=n,
        here=here,
        before=before,
    )


def _prediction() -> Prediction:
    level, size = NOISES.index(0.3), FEATURES.index(40)
    half, whole = (float(np.median(risks(n).test[level, size])) for n in (20, 40))
    return predict(
        say(
            "40 features, 40 samples: the error on new samples is {whole:.3g}. Now we throw half "
            "of the samples away and fit 40 features to the 20 that are left. What does the error "
            "do?",
            whole=whole,
        ),
        ["it rises", "it changes little", "it falls to less than a tenth"],
        answer=2 if half < whole / 10 else 0 if half > 1.5 * whole else 1,
        why=say(
            "It is {half:.2g}. Twenty targets leave 40 features room, and no coefficient has to "
            "be large. The peak stands where features equal samples: at n = 20 it has moved to "
            "p = 20.",
            half=half,
        ),
    )
