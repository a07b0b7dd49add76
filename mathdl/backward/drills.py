"""Questions with fresh numbers: the rules of the backward pass, and paths."""

from typing import Any

import numpy as np

from explorable.drills import drill, whole
from mathdl.backward import affine_backward, loss_and_gradients
from mathdl.backward.paths import path_products
from mathdl.concepts import relu_derivative
from mathdl.forward import Layer


@drill(
    "The gradient of the weights",
    question=r"A layer $z = xW^\top + b$ was given the sample $x = @x$, and the upstream "
    r"gradient is $\bar z = @up$. What is $\overline W$, with a row for each neuron?",
    solution=r"Each weight joins an input and a neuron, and its derivative is the product of "
    r"both: $$\overline W = \bar z^\top x = @answer.$$",
    mistakes={
        "transposed": "This is the transposed gradient. It has the shape of W: rows are neurons.",
        "swapped": "Here the rows have the wrong factors: row i holds the inputs times z̄ᵢ.",
    },
    x=whole(-3, 4, 2, but=[0]),
    up=whole(-3, 3, 2, but=[0]),
)
def weights_gradient(x: Any, up: Any) -> dict[str, Any]:
    gradient = affine_backward(up[None], x[None], np.zeros((2, 2))).weights
    return {
        "answer": gradient,
        "transposed": gradient.T,
        "swapped": gradient[::-1],
        "keep": (x[0] != x[1]) & (up[0] != up[1]) & (gradient[0, 1] != gradient[1, 0]),
    }


@drill(
    "Back through a ReLU",
    question=r"A ReLU had the preactivations $z = @z$, and the upstream gradient is "
    r"$\bar a = @up$. Which $\bar z$ does it send back?",
    solution=r"The slope is 1 where $z$ is positive, otherwise 0: "
    r"$$\bar z = \bar a \odot @slope = @answer.$$",
    mistakes={
        "up": "The gate is missing: where z was negative, nothing passes.",
        "cut": "Here the gradient itself was cut off. It is z that opens the gate.",
        "product": "Here z was multiplied instead of the slope, which is 0 or 1.",
        "closed": "The gates are the wrong way round: a positive z lets the gradient pass.",
    },
    z=whole(-4, 4, 3, but=[0]),
    up=whole(-5, 5, 3, but=[0]),
)
def through_relu(z: Any, up: Any) -> dict[str, Any]:
    slope, signs = relu_derivative(z), np.sign(np.stack([z, up, up * z]))
    return {
        "answer": up * slope,
        "slope": slope,
        "cut": np.maximum(up, 0),
        "product": up * z,
        "closed": up * (1 - slope),
        "keep": (signs.max(axis=1) > signs.min(axis=1)).all(),
    }


@drill(
    "A backward pass with numbers",
    question=r"A network with one unit a layer, $a = \operatorname{relu}(ux)$ and $p = va$, has "
    r"$u = @u$, $v = @v$. For $x = @x$ the target is $y = @y$, and $L = (p - y)^2$. What are "
    r"$\partial L/\partial u$ and $\partial L/\partial v$?",
    solution=r"Forward, $a = @a$ and $p = @p$. Backward, $\bar p = 2\,(@p - @y) = @g$, so "
    r"$$\frac{\partial L}{\partial v} = \bar p\,a = @answer[1], \qquad "
    r"\frac{\partial L}{\partial u} = \bar p\,v\,x = @answer[0].$$",
    mistakes={
        "halved": "The factor 2 of the square is missing.",
        "reverse": "The two are in the other order: first the derivative in u.",
        "short": "On the way to u the gradient passes v, by which it is multiplied.",
        "opposite": "The sign is wrong: the error is p − y.",
    },
    u=whole(1, 3),
    v=whole(-3, 3, but=[0, 1]),
    x=whole(1, 3),
    y=whole(-4, 6),
)
def backward_pass(u: Any, v: Any, x: Any, y: Any) -> dict[str, Any]:
    one = (1, 1)
    layers = [
        Layer.trusted(np.reshape(1.0 * u, one), np.zeros(1), "relu"),
        Layer.trusted(np.reshape(1.0 * v, one), np.zeros(1), "identity"),
    ]
    _, (first, second) = loss_and_gradients.plain(
        layers, np.reshape(1.0 * x, one), np.reshape(1.0 * y, one), "mean_squared_error"
    )
    right = np.stack([first.weights[0, 0], second.weights[0, 0]])
    return {
        "answer": right,
        "a": u * x,
        "p": v * u * x,
        "g": 2 * (v * u * x - y),
        "halved": right / 2,
        "reverse": right[::-1],
        "short": np.stack([right[0] / v, right[1]]),
        "opposite": -right,
        "keep": (u != np.abs(v)) & (right != 0).all() & (np.abs(right) < 100).all(),
    }


@drill(
    "Every path counts",
    question=r"From $x$ two units are computed, with the derivatives $@down$, and from both $y$, "
    r"with the derivatives $@up$. What is $\partial y/\partial x$?",
    solution=r"Along a path the derivatives are multiplied, and the paths are added: "
    r"$$@down[0]\cdot @up[0] + @down[1]\cdot @up[1] = @answer.$$",
    mistakes={
        "first": "This is the first path alone; the second has to be added.",
        "second": "This is the second path alone; the first has to be added.",
        "product": "Here the two paths were multiplied. They are added.",
        "sums": "Here a step’s derivatives were added first. Multiply along each path, then add.",
    },
    down=whole(-4, 4, 2, but=[0]),
    up=whole(-4, 4, 2, but=[0]),
)
def paths(down: Any, up: Any) -> dict[str, Any]:
    along = path_products([down[:, None], up[None]])[0, :, 0]
    return {
        "answer": along.sum(),
        "first": along[0],
        "second": along[1],
        "product": along.prod(),
        "sums": down.sum() * up.sum(),
        "keep": (along[0] != along[1]) & (along != 1).all() & (down[0] != -down[1]),
    }
