"""Questions with fresh numbers: attributions, bias and variance, what layers cost."""

from typing import Any

import numpy as np

from explorable.drills import drill, pick, whole
from mathdl.forward import Layer
from mathdl.outlook import attainable, integrated_gradients


@drill(
    "Attributions of a linear model",
    question=r"The output of the model $F(x) = w \cdot x$ with $w = @w$ at $x = @x$ is to be "
    r"explained from the baseline $b = @start$. What do integrated gradients attribute to the "
    r"inputs?",
    solution=r"The gradient is $w$ all along the path, so $a_j = (x_j - b_j)\,w_j$, which add up "
    r"to $F(x) - F(b) = @rise$: $$(@x - @start) \odot @w = @answer.$$",
    mistakes={
        "w": "This is the gradient. It has to be multiplied by how far each input has moved.",
        "zero": "Here the path starts at 0. It starts at the baseline.",
        "moved": "This is how far the inputs have moved. It has to be multiplied by the gradient.",
        "reverse": "The sign is wrong: the path leads from the baseline to x.",
    },
    w=whole(-4, 4, 2, but=[0]),
    x=whole(-3, 5, 2, but=[0]),
    start=whole(-2, 2, 2),
)
def attributions(w: Any, x: Any, start: Any) -> dict[str, Any]:
    layers = [Layer.trusted(1.0 * w[None], np.zeros(1), "identity")]
    found = integrated_gradients.plain(layers, 1.0 * x[None], [0], baseline=start, n_steps=1)[0]
    return {
        "answer": found,
        "rise": found.sum(),
        "zero": w * x,
        "moved": x - start,
        "reverse": -found,
        "keep": (start != 0).any() & (found != 0).all(),
    }


@drill(
    "Bias and variance at a point",
    question=r"Four trainings predict $@p$ at a point where the truth is $@truth$. What are bias² "
    r"and variance of these predictions?",
    solution=r"The mean is $@mean$. Hence the bias² is $(@mean - @truth)^2 = @answer[0]$, and the "
    r"variance is the mean of the squared deviations from $@mean$: $@answer[1]$. "
    r"Together they make the mean squared error, $@error$.",
    mistakes={
        "unsquared": "The variance is right. The bias is still to be squared.",
        "sample": "Here the sum of squares was divided by n − 1. Over these four it is a mean: n.",
        "errors": "This is the whole squared error for bias². It is bias² and variance together.",
        "deviation": "The bias² is right. This is the standard deviation: square it.",
        "swapped": "The two are in the other order: first bias².",
    },
    p=whole(0, 9, 4),
    truth=whole(0, 9),
)
def bias_and_variance(p: Any, truth: Any) -> dict[str, Any]:
    mean, variance = p.mean(), p.var()
    bias, error = mean - truth, ((p - truth) ** 2).mean()
    return {
        "answer": np.stack([bias**2, variance]),
        "mean": mean,
        "error": error,
        "unsquared": np.stack([np.abs(bias), variance]),
        "sample": np.stack([bias**2, variance * 4 / 3]),
        "errors": np.stack([error, variance]),
        "deviation": np.stack([bias**2, np.sqrt(variance)]),
        "swapped": np.stack([variance, bias**2]),
        "keep": (mean == np.rint(mean)) & (variance > 0) & (np.abs(bias) > 1),
    }


@drill(
    "What a convolution costs",
    question=r"A convolution makes $@filters$ channels of $@channels$, with kernels of "
    r"$@k \times @k$ and biases; its output has $@side \times @side$ places. How many parameters "
    r"and how many multiply-adds does it take?",
    solution=r"A filter has $@k^2\cdot @channels$ weights, and each place uses them all: "
    r"$$(@k^2\cdot @channels + 1)\cdot @filters = @answer[0], \qquad "
    r"@k^2\cdot @channels\cdot @filters\cdot @side^2 = @answer[1].$$",
    mistakes={
        "unbiased": "The multiply-adds are right. Each filter has a bias, too.",
        "single": "A filter has a kernel for each channel that goes in.",
        "once": "The parameters are right. The weights are used at each place of the output.",
        "lonely": "The parameters are right. The image has side² places, not side.",
        "dense": "Each place has the same weights: they are counted once as parameters.",
    },
    channels=whole(1, 4),
    filters=whole(2, 6),
    k=pick(3, 5),
    side=pick(4, 5, 6, 8, 10),
)
def convolution_cost(channels: Any, filters: Any, k: Any, side: Any) -> dict[str, Any]:
    weights, places = k * k * channels * filters, side * side
    parameters = weights + filters
    return {
        "answer": np.stack([parameters, weights * places]),
        "unbiased": np.stack([weights, weights * places]),
        "single": np.stack([(k * k + 1) * filters, k * k * filters * places]),
        "once": np.stack([parameters, weights]),
        "lonely": np.stack([parameters, weights * side]),
        "dense": np.stack([parameters * places, weights * places]),
    }


@drill(
    "Under the roofline",
    question=r"A machine does at most $@peak$ operations a second, and its memory delivers "
    r"$@bandwidth$ bytes a second (both in billions). A layer does $@intensity$ operations for "
    r"each byte. How many billions of operations a second can it reach?",
    solution=r"The memory allows $@intensity\cdot @bandwidth = @slope$, the machine $@peak$; the "
    r"smaller one counts: $$\min(@peak, @slope) = @answer.$$",
    mistakes={
        "peak": "The machine could, but its memory cannot keep up: it waits for data.",
        "slope": "The memory would allow it, but the machine does no more than its peak.",
        "ridge": "This is the intensity from which on the machine, not the memory, is the limit.",
    },
    peak=pick(100, 200, 300, 400, 600),
    bandwidth=pick(5, 10, 20, 40, 50),
    intensity=pick(0.5, 2, 4, 5, 8, 10, 20, 30),
)
def roofline(peak: Any, bandwidth: Any, intensity: Any) -> dict[str, Any]:
    return {
        "answer": attainable(intensity, peak, bandwidth),
        "slope": intensity * bandwidth,
        "ridge": peak / bandwidth,
        "keep": intensity * bandwidth != peak,
    }
