"""The explorer of depth: what activation and weights do to a gradient, layer by layer."""

import functools

import numpy as np

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider
from explorable.explore.prediction import Prediction
from explorable.sentences import Sentence
from mathdl.backward.figures.growth import draw_depth
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import forward
from mathdl.forward.signals import measured_signals, random_network

GAINS = (0.5, 1, 2, 4, 16, 100)
"""Width of a layer times variance of a weight."""

DEPTHS = (5, 10, 20)
WIDTH = 128


def depth_explorer() -> Explorer:
    """Set activation, gain and depth; see the gradient's size in each layer, and all slopes."""
    figure, axes = panels(2, height=250)
    drawn = draw_depth((axes[0], axes[1]), depth=max(DEPTHS))

    @explore(
        figure,
        drawn.artists,
        "What is left of a gradient?",
        prediction=_predict_depth(),
        gain=slider(GAINS, label="gain nσ²", start=1),
        activation=choice(
            {name: ACTIVATIONS[name].label for name in ("sigmoid", "tanh", "relu")},
            label="activation",
        ),
        depth=slider(DEPTHS, label="depth", unit="layers", start=20),
    )
    def update(gain: float, activation: str, depth: int) -> Sentence:
        sizes, slopes = deep_gradient(activation, gain, depth)
        drawn.move(sizes, slopes, gain)
        left, typical = float(sizes[0] / sizes[-1]), float(np.sqrt(np.mean(slopes**2)))
        return say(
            "{depth} layers multiply the size of the gradient by {left:.2g}, each by {each:.2f} "
            "on average. The slopes have the root mean square {typical:.3f}; {needed:.2g} would "
            "keep the size. {shut:.2g} % of them are below a tenth of the largest.",
            depth=depth,
            left=left,
            each=left ** (1 / depth),
            typical=typical,
            needed=gain**-0.5,
            shut=100 * float(np.mean(slopes < 0.1 * LARGEST[activation])),
        ).typeset(
            r"\sqrt{n\sigma^2\,\mathbb E[f'(z)^2]} \approx "
            r"\sqrt{\num{gain}}\cdot\num{typical:.3f} \approx \num{factor:.2f}",
            gain=gain,
            factor=gain**0.5 * typical,
        )

    return update


LARGEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0}
"""The largest slope of each activation."""


@functools.cache
def deep_gradient(activation: str, gain: float, depth: int) -> tuple[Array, Array]:
    """Return the gradient's size at each layer of a random network, and all slopes."""
    rng = np.random.default_rng(3)
    x, upstream = rng.standard_normal((2, 16, WIDTH))
    layers = random_network(max(DEPTHS), WIDTH, gain=gain, activation=activation, rng=rng)[:depth]
    sizes = np.sqrt(measured_signals(layers, x, upstream).gradients)
    slope = ACTIVATIONS[activation].derivative.plain
    return sizes, np.array([slope(z) for z in forward.plain(layers, x).preactivations])


def _predict_depth() -> Prediction:
    gain, depth = 16, 20
    sizes, slopes = deep_gradient("sigmoid", gain, depth)
    left = float(sizes[0] / sizes[-1])
    return predict(
        "A sigmoid’s slope is at most ¼, and gain 16 makes up for exactly that: √16 · ¼ = 1. What "
        "is left of a gradient after twenty such layers?",
        ["all of it", "about a tenth", "less than a thousandth"],
        answer=0 if left > 0.5 else 1 if left > 0.01 else 2,
        why=say(
            "Only {left:.0e} of it. The slope is ¼ at z = 0 alone, and larger weights spread z. "
            "The slopes have a root mean square of {typical:.2f}, not 0.25.",
            left=left,
            typical=float(np.sqrt(np.mean(slopes**2))),
        ),
        show=[{"gain": gain, "depth": layers} for layers in (5, depth)],
    )
