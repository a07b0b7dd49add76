"""Questions with fresh numbers: networks of ReLUs, and what depth buys."""

from typing import Any

import numpy as np

from explorable.drills import drill, pick, whole
from mathdl.background import hat_network, interpolation_bound, tent, xor_network
from mathdl.concepts import relu
from mathdl.forward import affine, forward


@drill(
    "The XOR network between the corners",
    question=r"The network $y = \operatorname{relu}(x_1 + x_2) "
    r"- 2\operatorname{relu}(x_1 + x_2 - 1)$ computes XOR at the corners of the "
    r"square. What does it give at $x = @x$?",
    solution=r"The sum is $x_1 + x_2 = @total$, the hidden units are $@h[0]$ and $@h[1]$, and "
    r"$$y = @h[0] - 2\cdot @h[1] = @answer.$$",
    mistakes={
        "linear": "This is the sum without the bend: ReLU cuts off what is negative.",
        "single": "The second hidden unit counts with the weight −2, not −1.",
        "bracket": "The weight −2 multiplies the whole hidden unit, with its −1.",
    },
    x=pick(0, 0.25, 0.5, 0.75, 1, 1.5, shape=(2,)),
)
def xor_between(x: Any) -> dict[str, Any]:
    hidden, output = xor_network()
    h = forward([hidden], x[None]).output[0]
    z = affine(x[None], hidden.weights, hidden.bias)
    return {
        "answer": forward([hidden, output], x[None]).output[0, 0],
        "total": x.sum(),
        "h": h,
        "linear": z[0, 0] - 2 * z[0, 1],
        "single": h[0] - h[1],
        "bracket": h[0] - relu(2 * x.sum() - 1),
        "keep": (x[0] != x[1]) & (h[0] > 0),
    }


@drill(
    "The weight of a bend",
    question=r"A network $f(x) = f(0) + m\operatorname{relu}(x) + c\operatorname{relu}(x - 1)$ "
    r"is to run through $(0, @y[0])$, $(1, @y[1])$ and $(2, @y[2])$. What is $c$?",
    solution=r"The slopes of the two pieces are $@slopes[0]$ and $@slopes[1]$. A bend’s weight is "
    r"the change of slope: $$c = @slopes[1] - @slopes[0] = @answer.$$",
    mistakes={
        "slope": "This is the slope to the right of the bend. The weight is the change of slope.",
        "reverse": "This is the slope before minus the slope after; it is the other way round.",
        "height": "This is a height. The weight is a change of slope.",
    },
    y=whole(-3, 6, 3),
)
def bend_weight(y: Any) -> dict[str, Any]:
    bends = hat_network([0.0, 1.0, 2.0], y)[1].weights[0]
    slopes = np.diff(y)
    return {
        "answer": bends[1],
        "slopes": slopes,
        "slope": slopes[1],
        "reverse": -bends[1],
        "height": y[1],
        "keep": (slopes[0] != 0) & (slopes[1] != 0) & (bends[1] != 0),
    }


@drill(
    "The tent, applied twice",
    question=r"The tent map is $T(x) = 1 - \lvert 2x - 1\rvert$: up to the middle $2x$, then "
    r"$2 - 2x$. What is $T(T(@x))$?",
    solution=r"$$T(@x) = @once, \qquad T(@once) = @answer.$$",
    mistakes={
        "once": "This is T, applied once.",
        "double": "This is twice T(x). The tent has to be applied to T(x).",
        "climbing": "Beyond the middle the tent comes down again: there it is 2 − 2x.",
    },
    x=pick(*(k / 16 for k in range(1, 16))),
)
def tent_twice(x: Any) -> dict[str, Any]:
    once = tent(x)
    return {
        "answer": tent(once),
        "once": once,
        "double": 2 * once,
        "climbing": 4 * x,
        "keep": (tent(once) != once) & (once < 1),
    }


@drill(
    "How close is a broken line?",
    question=r"A function on $[0, 1]$ has $\lvert f''\rvert \le @curvature$. A network of ReLUs "
    r"bends only at knots, $\delta = 1/@pieces$ apart, where it equals the function. What does "
    r"$\max\lvert f - f_m\rvert \le \delta^2\max\lvert f''\rvert/8$ promise?",
    solution=r"$$\frac{\delta^2\max\lvert f''\rvert}{8} = "
    r"\frac{@curvature}{8\cdot @pieces^2} = @answer.$$",
    mistakes={
        "unsquared": "The spacing enters squared: half of it leaves a quarter of the error.",
        "whole": "The 8 in the denominator is missing.",
    },
    curvature=pick(4, 8, 16, 24, 32),
    pieces=pick(2, 4, 5, 10),
)
def broken_line(curvature: Any, pieces: Any) -> dict[str, Any]:
    delta = 1 / pieces
    return {
        "answer": interpolation_bound(delta, curvature),
        "unsquared": delta * curvature / 8,
        "whole": delta**2 * curvature,
    }
