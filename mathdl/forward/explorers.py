"""Explorers of the chapter on the forward pass."""

import functools
import itertools

import numpy as np
from matplotlib.patches import Rectangle

from explorable.checks import Array
from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, predict, say, slider, steps
from explorable.sentences import Sentence
from mathdl.concepts import ACTIVATIONS
from mathdl.forward import Layer, affine
from mathdl.forward.figures.layer import draw_layer
from mathdl.forward.figures.product import (
    draw_product,
    draw_running_sum,
    place_frame,
    quarters,
    tint_cell,
)
from mathdl.forward.figures.signals import draw_survival, move_signal
from mathdl.forward.products import products, worked_example
from mathdl.forward.signals import (
    measured_differences,
    measured_signals,
    predicted_differences,
    predicted_signals,
    random_network,
)

WEIGHTS = np.arange(-8, 9) / 4
"""Of the neuron whose weights are dragged."""

GAINS = (0.5, 1, 1.5, 2, 2.5, 3, 4, 6)
DEPTHS = (5, 10, 20, 30)
WIDTH = 200

DRAGGED = (
    r"z = 1\cdot\num{(w1):.2f} + 2\cdot\num{(w2):.2f} + 3\cdot\num{(w3):.2f} + \num{b:.2f} "
    r"= \num{z:.2f}"
)
"""The sum of a neuron for the sample (1, 2, 3)."""

ENTRY = (
    r"z_{si} = \sum_j x_{sj}\,w_{ij} + b_i = \num{products:.2f} + \num{(bias):.2f} "
    r"= \num{total:.2f}"
)
"""An entry of a product, of which all has been added up."""


def layer_explorer() -> Explorer:
    """Drag the weights of one neuron of a layer, and see what it computes and hands on."""
    inputs, ten = worked_example()
    x, layer = inputs[0], Layer(ten.weights[[0, 2]], ten.bias[[0, 2]], "relu")
    figure, axes = panels(1, height=235, width=352)
    picture = draw_layer(axes, x, layer)
    first, *_ = layer.weights

    @explore(
        figure,
        picture.artists,
        "Three numbers in, two out",
        computed=True,
        prediction=predict(
            "You raise the last weight, that of the input 3, by 1. What happens to the upper z?",
            ["it grows by 1", "it grows by 3", "nothing, and the lower z grows"],
            answer=[1, 3].index(int((first + np.eye(3)[2]) @ x - first @ x)),
            why=say(
                "The weight multiplies the input {change:g}. The lower neuron has weights of its "
                "own, and stays as it is.",
                change=x[2].item(),
            ),
            show=[{"w3": first[2]}, {"w3": first[2] + 1}],
        ),
        w1=slider(WEIGHTS, label="weight of the input 1", start=first[0]),
        w2=slider(WEIGHTS, label="weight of the input 2", start=first[1]),
        w3=slider(WEIGHTS, label="weight of the input 3", start=first[2]),
    )
    def update(w1: float, w2: float, w3: float) -> Sentence:
        weights = np.stack([w1, w2, w3])
        z = weights @ x + layer.bias[0]
        a = np.maximum(z, 0)
        picture.move(weights, z, a)
        if z > 0:
            said = say("The sum z of the upper neuron is {z:.3g}: positive, and handed on.", z=z)
        else:
            said = say("The sum z of the upper neuron is {z:.3g}, and ReLU hands on 0.", z=z)
        return said.typeset(DRAGGED, w1=w1, w2=w2, w3=w3, b=layer.bias[0])

    return update


def product_explorer() -> Explorer:
    """Step through the product of two samples with ten neurons, one multiplication at a time."""
    x, layer = worked_example()
    terms, z = products(x, layer.weights, layer.bias), affine(x, layer.weights, layer.bias)
    n_out, n_in = layer.weights.shape
    figure, axes = panels(2, height=275, width=560, widths=[206, 354])
    running = draw_running_sum(axes[0], terms[0, 0], limit=10.5)
    picture = draw_product(axes[1], x, layer)

    @explore(
        figure,
        picture.artists | running.artists,
        "Which numbers meet?",
        computed=True,
        prediction=predict(
            "Neuron 7 has the weights −1, −1, 2 and the bias −1. For the first sample, (1, 2, 3), "
            "its preactivation is 2. What is it for the second one, (4, 5, 6)?",
            ["2 again", "5, since every input is larger by 3", "8, since the inputs are larger"],
            answer=[2, 5, 8].index(int(z[1, 6])),
            why=say(
                "The three products change by 3 · (−1), 3 · (−1) and 3 · 2, which is {change} "
                "in all: a neuron whose weights add up to 0 does not see that all inputs grew "
                "by the same amount.",
                change=int(3 * layer.weights[6].sum()),
            ),
            show=[{"sample": name, "step": 6 * (n_in + 1) + n_in} for name in ("first", "second")],
        ),
        sample=choice({"first": "(1, 2, 3)", "second": "(4, 5, 6)"}, label="sample"),
        step=steps(n_out * (n_in + 1) - 1, label="step", start=2 * (n_in + 1) + n_in, pace=250),
    )
    def update(sample: str, step: int) -> Sentence:
        s = ["first", "second"].index(sample)
        i, j = divmod(step, n_in + 1)
        total = terms[s, i, : j + 1].sum()
        for row, column in itertools.product(range(len(x)), range(n_out)):
            done = (row, column) < (s, i)
            shown = z[row, column] if done else total if (row, column) == (s, i) else 0.0
            text, shade = picture.sums[row][column], picture.shades[row][column]
            text.set_text(quarters(shown) if (row, column) <= (s, i) else "")
            tint_cell(shade, text, shown if done or j == n_in else 0.0)
        origins = picture.origins
        _frame(picture.row, origins["x"], 0, s, n_in, 1)
        _frame(picture.column, origins["weights"], i, 0, 1, n_in)
        _frame(picture.entry, origins["z"], i, s, 1, 1)
        meeting = [("bias", i, 0)] * 2 if j == n_in else [("x", j, s), ("weights", i, j)]
        for frame, (block, across, down) in zip(picture.factors, meeting, strict=True):
            _frame(frame, origins[block], across, down, 1, 1)
        running.move(terms[s, i], j + 1)
        where = {"s": s + 1, "i": i + 1, "z": quarters(total)}
        if j < n_in:
            w = quarters(layer.weights[i, j])
            return say(
                "Sample {s}, neuron {i}, input {j}: {x} · {w} = {product}. "
                "The running sum is {z}.",
                j=j + 1,
                x=quarters(x[s, j]),
                w=f"({w})" if layer.weights[i, j] < 0 else w,
                product=quarters(terms[s, i, j]),
                **where,
            ).typeset(
                r"x_{sj}\,w_{ij} = \num{input:.0f}\cdot\num{(weight):.2f} = \num{term:.2f}",
                input=x[s, j],
                weight=layer.weights[i, j],
                term=terms[s, i, j],
            )
        where["b"] = quarters(layer.bias[i])
        sums = {"products": terms[s, i, :n_in].sum(), "bias": layer.bias[i], "total": total}
        if total > 0:
            return say(
                "Sample {s}, neuron {i}: the bias {b} is added, z = {z}. "
                "The neuron is open and gives {z}.",
                **where,
            ).typeset(ENTRY, **sums)
        if total < 0:
            return say(
                "Sample {s}, neuron {i}: the bias {b} is added, z = {z}. "
                "The neuron is closed and gives 0.",
                **where,
            ).typeset(ENTRY, **sums)
        return say(
            "Sample {s}, neuron {i}: the bias {b} is added, z = {z}. "
            "The neuron sits at its kink and gives 0.",
            **where,
        ).typeset(ENTRY, **sums)

    return update


def _frame(
    frame: Rectangle, corner: tuple[float, float], across: int, down: int, width: int, height: int
) -> None:
    place_frame(frame, (corner[0] + across, corner[1] + down), width, height)


@functools.lru_cache(maxsize=1)
def _network(activation: str, gain: float) -> list[Layer]:
    rng = np.random.default_rng(4)
    return random_network(max(DEPTHS), WIDTH, gain=gain, activation=activation, rng=rng)


@functools.cache
def _measured(activation: str, gain: float, depth: int) -> tuple[Array, Array, Array]:
    x, upstream = np.random.default_rng(1).standard_normal((2, 8, WIDTH))
    layers = _network(activation, gain)[:depth]
    signals = measured_signals(layers, x, upstream)
    return signals.activations, measured_differences(layers, x), signals.gradients


@functools.cache
def _predicted(activation: str, gain: float, depth: int) -> tuple[Array, Array, Array]:
    signals = predicted_signals(activation, gain=gain, depth=depth)
    shares = predicted_differences(activation, gain=gain, depth=depth)
    return signals.activations, shares, signals.gradients


def signals_explorer() -> Explorer:
    """Set how large random weights are, and watch what survives on the way through the layers."""
    figure, axes = panels(2, height=235, width=560)
    picture = draw_survival(axes, max(DEPTHS))
    left, shares, _ = _predicted("sigmoid", 1, 30)
    places = np.digitize(-np.log10(shares[-1]), [0.5, 6])

    @explore(
        figure,
        picture.artists,
        "What survives thirty layers?",
        prediction=predict(
            say(
                "Thirty layers of sigmoid neurons, gain 1, and two different inputs. At the end "
                "the mean square of the activations is {size:.2g}. How much of it differs "
                "between the two inputs?",
                size=left[-1],
            ),
            ["nearly all of it", "about a millionth", "nothing that a computer can tell"],
            answer=int(places),
            why=say(
                "Less than 10⁻³⁰ of it. The slope of a sigmoid is at most ¼, and with gain 1 "
                "each layer multiplies the mean square of a small difference by {factor:.4g} at "
                "most, on the way forward as on the way back. What is left of the activations "
                "is what the weights make of the answer ½, the same for every input.",
                factor=0.25**2,
            ),
            show=[{"activation": "sigmoid", "gain": 1, "depth": depth} for depth in (5, 30)],
        ),
        gain=slider(GAINS, label="gain nσ²", start=2, marks={"Glorot": 1, "He": 2}),
        activation=choice(
            {n: ACTIVATIONS[n].label for n in ("relu", "tanh", "sigmoid")}, label="activation"
        ),
        depth=slider(DEPTHS, label="depth", unit="layers", start=30),
    )
    def update(gain: float, activation: str, depth: int) -> Sentence:
        seen, theory = _measured(activation, gain, depth), _predicted(activation, gain, depth)
        lines = (picture.activations, picture.differences, picture.gradients)
        for (measured, predicted), found, expected in zip(lines, seen, theory, strict=True):
            move_signal(measured, found)
            move_signal(predicted, expected)
        said = say(
            "After {depth} layers the mean square of the activations is {a:.2g}; it was 1. "
            "{share} On the way back the mean square of the gradients is multiplied by {g:.2g}. "
            "{law}",
            depth=depth,
            a=seen[0][-1],
            share=str(_share(seen[1][-1])),
            g=seen[2][0] / seen[2][-1],
            law=str(_law(activation, gain, depth)),
        )
        if activation != "relu":
            return said
        return said.typeset(
            r"\Big(\frac{g}{2}\Big)^{l} = \Big(\frac{\num{gain:.1f}}{2}\Big)^{\num{depth:.0f}} "
            r"= \num{power:.2g}",
            gain=gain,
            power=(gain / 2) ** depth,
        )

    return update


def _share(share: float) -> Sentence:
    """Say how much of the activations tells two inputs apart."""
    if share < 1e-31:
        return say("Between two inputs {s:.1g} of it differs, which is rounding.", s=share)
    if share < 0.01:
        return say("Between two inputs only {s:.1g} of it differs.", s=share)
    if share > 0.95:
        return say("Nearly all of it differs between two inputs.")
    return say("Between two inputs {s:.0f} % of it differs.", s=100 * share)


def _law(activation: str, gain: float, depth: int) -> Sentence:
    """Say by which law the signals change."""
    if activation == "relu":
        return say("Each layer multiplies both by {half:.3g} on average.", half=gain / 2)
    if activation == "sigmoid":
        return say(
            "Differences and gradients fall alike: on average each layer multiplies their mean "
            "squares by {most:.5g} at most.",
            most=gain / 16,
        )
    if gain == 1:
        return say(
            "Both fall by a power law, not by a factor: 1/(2l) is {q:.2g}.", q=1 / (2 * depth)
        )
    if gain < 1:
        return say("On average each layer multiplies both by {gain:.3g} at most.", gain=gain)
    return say("No activation of tanh exceeds 1, whatever the gain.")
