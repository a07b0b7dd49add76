"""Questions with fresh numbers: a neuron, its slope, softmax, and the gradient of a loss."""

from typing import Any

import numpy as np

from explorable.drills import drill, pick, whole
from mathdl.concepts import cross_entropy_gradient, relu, sigmoid, sigmoid_derivative, softmax


@drill(
    "A neuron’s output",
    question=r"A ReLU neuron has the weights $w = @w$ and the bias $b = @b$. What is its output "
    r"$a = \operatorname{relu}(w \cdot x + b)$ at $x = @x$?",
    solution=r"$$z = @w[0]\cdot @x[0] + @w[1]\cdot @x[1] + @b = @z, \qquad "
    r"a = \max(0, @z) = @answer.$$",
    mistakes={
        "z": "This is the preactivation. ReLU makes 0 of what is negative.",
        "unbiased": "The bias is missing.",
        "flipped": "ReLU cuts off what is negative and leaves the rest; this is the opposite.",
    },
    w=whole(-3, 3, 2, but=[0]),
    x=whole(-4, 4, 2, but=[0]),
    b=whole(-3, 3, but=[0]),
)
def neuron(w: Any, x: Any, b: Any) -> dict[str, Any]:
    z = (w * x).sum() + b
    return {
        "answer": relu(z),
        "z": z,
        "unbiased": relu(z - b),
        "flipped": relu(-z),
        "keep": z != 0,
    }


@drill(
    "The slope of a sigmoid",
    question=r"A sigmoid neuron has the preactivation $z = \ln @r$. What is its slope "
    r"$\sigma'(z)$?",
    solution=r"With $e^{-z} = 1/@r$ the output is $\sigma(z) = @r/@more$, and "
    r"$$\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) = \frac{@r}{@more}"
    r"\cdot\frac{1}{@more} = @answer.$$",
    mistakes={
        "output": "This is the output σ(z), not its slope.",
        "twice": "This is the derivative taken at the output, σ′(σ(z)); it belongs at z.",
        "square": "This is σ(z)². The second factor is 1 − σ(z).",
    },
    r=pick(2, 3, 4, 5, 6, 7, 8, 9, 19, 24, 49, 99),
)
def sigmoid_slope(r: Any) -> dict[str, Any]:
    z = np.log(r)
    return {
        "answer": sigmoid_derivative(z),
        "more": r + 1,
        "output": sigmoid(z),
        "twice": sigmoid_derivative(sigmoid(z)),
        "square": sigmoid(z) ** 2,
    }


@drill(
    "Softmax by hand",
    question=r"A classifier gives the logits $z = (\ln @a[0], \ln @a[1], \ln @a[2])$. Which "
    r"probabilities does softmax make of them?",
    solution=r"The exponentials are $@a$, and their sum is $@total$: $$p = "
    r"\Bigl(\frac{@a[0]}{@total}, \frac{@a[1]}{@total}, \frac{@a[2]}{@total}\Bigr).$$",
    mistakes={
        "a": "These are the exponentials. They have yet to be divided by their sum.",
        "shares": "Here the logits themselves were divided by their sum; first comes exp.",
        "largest": "Here all were divided by the largest. Probabilities add up to 1.",
    },
    a=whole(1, 7, 3),
)
def softmax_by_hand(a: Any) -> dict[str, Any]:
    z, total = np.log(a), a.sum()
    return {
        "answer": softmax(z),
        "total": total,
        "shares": z / np.maximum(z.sum(), 1e-9),
        "largest": a / a.max(),
        "keep": ((total == 4) | (total == 5) | (total == 8) | (total == 10)) & (a.max() > a.min()),
    }


@drill(
    "The gradient in the logits",
    question=r"Softmax has made $p = @p$ of a sample’s logits. Its class is number $@label$, "
    r"counted from 0. What is the gradient of the cross-entropy in the three logits?",
    solution=r"It is $p - \mathbf y$, and $\mathbf y$ is 1 for the right class only: "
    r"$$@p - @y = @answer.$$",
    mistakes={
        "opposite": "The sign is wrong: this is the direction of descent. The gradient is p − y.",
        "p": "These are the probabilities. From that of the right class 1 is subtracted.",
        "product": "Here p is multiplied by y. The gradient is the difference.",
    },
    tenths=whole(1, 8, 3),
    label=whole(0, 2),
)
def logit_gradient(tenths: Any, label: Any) -> dict[str, Any]:
    p = tenths / 10
    y = 1.0 * (np.arange(3) == label)
    gradient = cross_entropy_gradient(np.log(p)[None], label[None])[0]
    return {
        "answer": gradient,
        "p": p,
        "y": y,
        "opposite": -gradient,
        "product": p * y,
        "keep": tenths.sum() == 10,
    }
