"""The explorers of the chapter on concepts: a neuron, slopes, softmax, two losses."""

import numpy as np

from explorable.drawing.toolkit import panels
from explorable.explore import Explorer, choice, explore, point, predict, say, slider
from explorable.sentences import Sentence
from mathdl import concepts
from mathdl.concepts import figures, likelihood
from mathdl.concepts.figures.losses import loss_values

WEIGHTS = np.arange(-8, 9) / 2
BIASES = np.arange(-16, 17) / 2
NEURONS = ["sigmoid", "tanh", "relu", "identity"]
LABELS = {name: activation.label for name, activation in concepts.ACTIVATIONS.items()}

PREACTIVATIONS = np.arange(-12, 13) / 2
LAYERS = np.arange(1, 21)

LOGITS = np.arange(-100, 101) / 10

PLACES = np.arange(-4.0, 5.0)
TEMPERATURES = [0.25, 0.5, 1.0, 2.0, 4.0]
SHIFTS = [-6.0, -3.0, 0.0, 3.0, 6.0]


PREACTIVATION = r"z = \num{first:.2f}\,x_1 + \num{(second):.2f}\,x_2 + \num{(bias):.2f}"


def neuron_explorer() -> Explorer:
    """Let the reader set a neuron's weights, bias and activation over twelve points."""
    figure, axes = panels(2)
    picture = figures.draw_neuron_on_points(axes, np.array([2.0, -1.0]), 0.0, "sigmoid")
    once, twice = (_mean_loss(k * np.array([1.5, 1.5]), k * -3.0) for k in (1, 2))
    places = [k * -3.0 / np.hypot(k * 1.5, k * 1.5) for k in (1, 2)]

    @explore(
        figure,
        picture.artists,
        "How well can one neuron do?",
        computed=True,
        prediction=predict(
            "With w = (1.5, 1.5) and b = −3 eleven of the twelve points are right. We double all "
            "three numbers. What happens to the line, and to the loss?",
            [
                "the line moves away from the middle",
                "the line stays, and the loss falls",
                "the line stays, and the loss rises",
            ],
            answer=0 if not np.isclose(*places) else 1 if twice < once else 2,
            why=say(
                "Doubled, the line is the same, and every answer is surer. That helps the eleven "
                "a little and costs the twelfth a lot: the loss goes from {once:.3f} to "
                "{twice:.3f}.",
                once=once,
                twice=twice,
            ),
            show=[{"weights": (k * 1.5, k * 1.5), "bias": -3.0 * k} for k in (1, 2)],
        ),
        weights=point(
            axes[0], xs=WEIGHTS, ys=WEIGHTS, label="weights w = (w₁, w₂)", start=(2, -1)
        ),
        bias=slider(BIASES, label="bias b", start=0, marks={"0": 0}),
        activation=choice({name: LABELS[name] for name in NEURONS}, label="activation"),
    )
    def update(weights: np.ndarray, bias: float, activation: str) -> Sentence:
        w = np.where(abs(weights).sum() > 0, weights, [1e-9, 0.0])  # a line needs a direction
        none = abs(weights).sum() + abs(bias) == 0
        picture.move(w, bias - 1e-6 * none, activation)  # a line far beyond the picture
        ones, zeros = figures.POINTS @ w + bias
        right = (ones > 1e-9).sum() + (zeros < -1e-9).sum()  # not those on it
        numbers = {"first": weights[0], "second": weights[1], "bias": bias}
        if abs(weights).sum() == 0:
            return say("Both weights are 0: no line, and one answer for all twelve points.")
        if activation != "sigmoid":
            return say(
                "Points on their own side of the line: {right} of 12.", right=right
            ).typeset(PREACTIVATION, **numbers)
        return say(
            "Points on their own side of the line: {right} of 12. Mean loss: {loss:.3f}.",
            right=right,
            loss=_mean_loss(w, bias),
        ).typeset(PREACTIVATION, **numbers)

    return update


def _mean_loss(weights: np.ndarray, bias: float) -> np.ndarray:
    ones, zeros = figures.POINTS @ weights + bias
    return (concepts.softplus(-ones).mean() + concepts.softplus(zeros).mean()) / 2


def slope_explorer() -> Explorer:
    """Let the reader multiply the slopes of many layers."""
    figure, axes = panels(2)
    picture = figures.draw_slopes(axes, "sigmoid", 2.0, 10)
    rivals = {"sigmoid": "ten sigmoids", "tanh": "ten tanhs", "leaky_relu": "ten leaky ReLUs"}
    left = [concepts.ACTIVATIONS[name].derivative(-2.0).item() ** 10 for name in rivals]

    @explore(
        figure,
        picture.artists,
        "What is left of a slope after many layers?",
        computed=True,
        prediction=predict(
            "A leaky ReLU lets a slope through even where a ReLU is closed. Ten layers all sit at "
            "z = −2. Through which of these comes the most?",
            list(rivals.values()),
            answer=int(np.argmax(left)),
            why=say(
                "Of a slope of 1, ten sigmoids leave {sigmoid:.2g}, ten tanhs {tanh:.2g}, and ten "
                "leaky ReLUs {leaky_relu:.2g}: a hundredth is not nothing, but ten hundredths "
                "multiply.",
                **dict(zip(rivals, left, strict=True)),
            ),
            show=[{"activation": name, "z": -2} for name in rivals],
            panel=2,
        ),
        activation=choice(LABELS, label="activation f", start="sigmoid"),
        z=slider(PREACTIVATIONS, label="preactivation z", start=2.0),
        depth=slider(LAYERS, label="layers", start=10),
    )
    def update(activation: str, z: float, depth: int) -> Sentence:
        picture.move(activation, z, depth)
        slope = concepts.ACTIVATIONS[activation].derivative(z)
        if slope == 0:
            return say(
                "At z = {z:.3g} the slope is 0: nothing comes through, not even through one "
                "layer.",
                z=z,
            )
        if slope == 1:
            return say(
                "At z = {z:.3g} the slope is 1, and so is the product of any number of them.", z=z
            )
        if depth == 1:
            return say("At z = {z:.3g} the slope of one layer is {slope:.3g}.", z=z, slope=slope)
        return say(
            "At z = {z:.3g} the slope is {slope:.3g}; {depth} such slopes multiply to "
            "{product:.2g}.",
            z=z,
            slope=slope,
            depth=depth,
            product=slope**depth,
        ).typeset(r"f'(z)^n = \num{slope:.5g}^{\num{depth}} = \num{product:.2g}")

    return update


def loss_explorer() -> Explorer:
    """Let the reader move a logit away from its label under two losses."""
    figure, axes = panels(2)
    picture = figures.draw_confident_and_wrong(axes, -2.0, 1)
    gradient = likelihood.squared_error_through_sigmoid_gradient
    slopes = {z: (concepts.binary_cross_entropy_gradient([z], [1]).item(),
                  gradient([z], [1]).item()) for z in (-10.0, 10.0)}  # fmt: skip
    wrong, right = (entropy / square for entropy, square in slopes.values())

    @explore(
        figure,
        picture.artists,
        "Which loss learns from a bad mistake?",
        computed=True,
        prediction=predict(
            say(
                "The label is 1. At the logit −10 the slope of the squared error is smaller than "
                "that of the cross-entropy by a factor of {wrong:,.0f}. And at 10, where the "
                "answer is right?",
                wrong=wrong,
            ),
            [
                "the two slopes are about equal",
                "it is smaller by the same factor",
                "there it is the larger one",
            ],
            answer=0 if abs(np.log(right)) < 0.1 else 1 if np.isclose(right, wrong) else 2,
            why=say(
                "The factor is 1/σ′(z) = e^z + 2 + e^−z, {right:,.0f} again: σ′ depends on how "
                "far the sample lies from the boundary, not on which side it ought to be.",
                right=right,
            ),
            show=[{"logit": -10}, {"logit": 10}],
            panel=2,
        ),
        logit=slider(LOGITS, label="logit z", start=-2.0, spec=".1f"),
        label=choice(["1", "0"], label="label y"),
    )
    def update(logit: float, label: str) -> Sentence:
        target = int(label)
        picture.move(logit, target)
        entropy, square, entropy_size, square_size = loss_values(logit, target)
        sign = 1 - 2 * target
        return say(
            "p = {p:.5f}. Cross-entropy {entropy:.3g}, slope {entropy_slope:.5f}; ½ · squared "
            "error {square:.3g}, slope {square_slope:.3g}, smaller by a factor of {ratio:.3g}.",
            p=concepts.sigmoid(logit),
            entropy=entropy,
            entropy_slope=sign * entropy_size,
            square=square,
            square_slope=sign * square_size,
            ratio=entropy_size / square_size,
        ).typeset(
            r"\frac{\partial E}{\partial z} = (p - y)\,\sigma'(z) = "
            r"\num{(missed):.4g}\cdot\num{bend:.4g} = \num{square_slope:.3g}",
            missed=sign * entropy_size,
            bend=concepts.sigmoid_derivative(logit),
        )

    return update


SHARE = (
    r"p_1 = \frac{e^{z_1/T}}{\sum_j e^{z_j/T}} = "
    r"\frac{\num{power:.6g}}{\num{sum:.6g}} = \num{a:.3f}"
)


def softmax_explorer() -> Explorer:
    """Let the reader pick logits, shift all of them, and heat them."""
    figure, axes = panels(3, widths=[1, 0.8, 1.1], width=660, height=235)
    picture = figures.draw_softmax(axes, [2.0, 1.0, 0.0], 1.0)
    pairs = concepts.softmax([[k * 2.0, k * 1.0, 0.0] for k in (1, 2)])[:, :2]
    once, twice = pairs[:, 0] / pairs[:, 1]

    @explore(
        figure,
        picture.artists,
        "What do logits say?",
        computed=True,
        prediction=predict(
            say(
                "Class 1 has the logit 2 and class 2 the logit 1, which makes class 1 {once:.3g} "
                "times as probable. We double both logits. And now?",
                once=once,
            ),
            ["2.7 times, as before", "5.4 times", "7.4 times"],
            answer=0 if np.isclose(twice, once) else 1 if np.isclose(twice, 2 * once) else 2,
            why=say(
                "Their ratio is e to the power 4 − 2, that is {twice:.3g}: what counts is the "
                "difference. The third logit changes both probabilities by the same factor.",
                twice=twice,
            ),
            show=[{"logits": (2, 1)}, {"logits": (4, 2)}],
            panel=3,
        ),
        logits=point(axes[0], xs=PLACES, ys=PLACES, label="logits (z₁, z₂), z₃ = 0", start=(2, 1)),
        temperature=slider(TEMPERATURES, label="temperature T", start=1.0),
        shift=slider(SHIFTS, label="added to all logits", start=0),
    )
    def update(logits: np.ndarray, temperature: float, shift: float) -> Sentence:
        z = np.append(logits, 0.0) + shift
        picture.move(z, temperature)
        p = concepts.softmax(z / temperature)
        numbers = {
            "a": p[0], "b": p[1], "c": p[2], "loss": -concepts.log_softmax(z / temperature)[0],
            "length": np.linalg.norm(p - [1, 0, 0]),
            "chances": str(_chances((z[0] - z[1]) / temperature)),
        }  # fmt: skip
        powers = np.exp(z / temperature)
        shares = {"power": powers[0], "sum": powers.sum(), "a": p[0]}
        if shift != 0:
            return say(
                "p = ({a:.3f}, {b:.3f}, {c:.3f}), as without the shift. {chances} Class 1 is "
                "right: loss {loss:.3g}, and p − y is {length:.2g} long.",
                **numbers,
            ).typeset(SHARE, **shares)
        return say(
            "p = ({a:.3f}, {b:.3f}, {c:.3f}). {chances} Class 1 is right: loss {loss:.3g}, "
            "and p − y is {length:.2g} long.",
            **numbers,
        ).typeset(SHARE, **shares)

    return update


def _chances(lead: float) -> Sentence:
    """Compare classes 1 and 2 by the difference of their logits, in units of the temperature."""
    if lead == 0:
        return say("Classes 1 and 2 are equally probable.")
    if abs(lead) < 0.005:
        return say("Classes 1 and 2 are almost equally probable.")
    names = {"likely": 1, "unlikely": 2} if lead > 0 else {"likely": 2, "unlikely": 1}
    return say(
        "Class {likely} is {ratio:.3g} times as probable as class {unlikely}.",
        ratio=np.exp(abs(lead)),
        **names,
    )
