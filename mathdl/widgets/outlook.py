"""The explorer of the outlook chapter: the second descent."""

import functools

import numpy

from mathdl.checks import Array
from mathdl.explorer import Explorer, explore, predict, say, slider
from mathdl.explorer.prediction import Prediction
from mathdl.explorer.wording import Sentence
from mathdl.figures import panels
from mathdl.figures.outlook import draw_descent
from mathdl.outlook import Risks, draw_world, feature_risks, minimum_norm

FEATURES = (5, 8, 12, 16, 20, 24, 28, 32, 36, 40, 45, 50, 60, 70, 80, 90, 120, 200, 400, 800)
"""Numbers of features p."""

SAMPLES = (20, 40, 80)
"""Numbers of training samples n; each is a number of features too."""

NOISES = (0.0, 0.1, 0.3, 1.0)
"""Standard deviations of the noise in the targets."""

DRAWS = 25
SHOWN = 60


@functools.cache
def risks(n: int) -> Risks:
    """Return errors by noise, number of features and draw."""
    return feature_risks(FEATURES, n_samples=n, noises=NOISES, n_draws=DRAWS)


@functools.cache
def answers(n: int, p: int) -> tuple[Array, Array]:
    """Return the truth (SHOWN,) of new samples of the first draw, and answers by noise."""
    world = draw_world(n, p, rng=numpy.random.default_rng(0))
    y = world.truth[:, None] + numpy.array(NOISES) * world.noise[:, None]
    return world.test_truth[:SHOWN], (world.test_features @ minimum_norm(world.features, y))[
        :SHOWN
    ]


def descent_explorer() -> Explorer:
    """Let the reader move the features, the samples and the noise."""
    figure, (left, right) = panels(2)
    picture = draw_descent(left, right)

    @explore(
        figure,
        picture.artists,
        "Do more parameters always overfit?",
        name="double-descent",
        prediction=_prediction(),
        p=slider(FEATURES, label="features p", start=40, marks={"20": 20, "40": 40, "80": 80}),
        n=slider(SAMPLES, label="samples n", start=40),
        noise=slider(NOISES, label="noise σ", start=0.3),
    )
    def update(p: int, n: int, noise: float) -> Sentence:
        level, size = NOISES.index(noise), FEATURES.index(p)
        train, test = (numpy.median(part[level], axis=1) for part in risks(int(n)))
        picture.train.set_data(FEATURES, numpy.where(train < 1e-4, numpy.nan, train))
        picture.test.set_data(FEATURES, test)
        picture.here.set_data([p], [test[size]])
        picture.border.set_data([n, n], [0.003, 500])
        truth, answer = answers(int(n), int(p))
        picture.points.set_offsets(
            numpy.column_stack([truth, numpy.clip(answer[:, level], -6.3, 6.3)])
        )
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
    half, whole = (float(numpy.median(risks(n).test[level, size])) for n in (20, 40))
    return predict(
        say(
            "40 features, 40 samples: the error on new samples is {whole:.3g}. Now we throw half of "
            "the samples away and fit 40 features to the 20 that are left. What does the error do?",
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
