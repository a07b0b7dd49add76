"""Questions with fresh numbers: shapes, parameters, a layer by hand, the size of the weights."""

from typing import Any

import numpy as np

from explorable.drills import drill, pick, whole
from mathdl.concepts import relu
from mathdl.forward import affine


@drill(
    "Shapes through two layers",
    question=r"A batch of $@samples$ samples with $@n$ inputs each goes through a layer of $@h$ "
    r"neurons and one of $@m$. Rows are samples. What is the shape of the output?",
    solution=r"Each layer keeps the rows and has a column for each neuron: "
    r"$(@samples, @n) \to (@samples, @h) \to (@samples, @m)$.",
    mistakes={
        "transposed": "Rows are samples: here rows and columns are swapped.",
        "weights": "This is the shape of the second layer’s weights.",
        "hidden": "This is the shape between the layers.",
    },
    samples=whole(2, 40),
    n=whole(2, 9),
    h=whole(2, 9),
    m=whole(2, 9),
)
def shapes(samples: Any, n: Any, h: Any, m: Any) -> dict[str, Any]:
    return {
        "answer": np.stack([samples, m]),
        "transposed": np.stack([m, samples]),
        "weights": np.stack([m, h]),
        "hidden": np.stack([samples, h]),
        "keep": (samples != m) & (samples != h) & (h != m) & (n != h),
    }


@drill(
    "Counting parameters",
    question=r"How many weights and biases does a network have whose layers are "
    r"$@n \to @h \to @m$ wide?",
    solution=r"A layer has a weight for each pair and a bias for each neuron: "
    r"$$@h\,(@n + 1) + @m\,(@h + 1) = @first + @second = @answer.$$",
    mistakes={
        "unbiased": "The biases are missing: one for each neuron of both layers.",
        "inputs": "Inputs have no biases. Each neuron of the hidden layer and the output has one.",
        "summed": "Between two layers every neuron meets every other: multiply, do not add.",
    },
    n=whole(2, 12),
    h=whole(2, 10),
    m=whole(2, 9),
)
def parameters(n: Any, h: Any, m: Any) -> dict[str, Any]:
    first, second = h * (n + 1), m * (h + 1)
    return {
        "answer": first + second,
        "first": first,
        "second": second,
        "unbiased": h * n + m * h,
        "inputs": first + second + n,
        "summed": n + h + h + m,
    }


@drill(
    "A layer by hand",
    question=r"A ReLU layer has the weights $W = @W$, a row for each neuron, and the biases "
    r"$b = @b$. What does it make of the sample $x = @x$?",
    solution=r"Each neuron multiplies its row of $W$ by $x$, and ReLU leaves $@answer$ of "
    r"$$z = (@W[0,0]\cdot @x[0] + "
    r"@W[0,1]\cdot @x[1] + @b[0],\; @W[1,0]\cdot @x[0] + @W[1,1]\cdot @x[1] + @b[1]) = @z.$$",
    mistakes={
        "columns": "Here the columns of W were multiplied by x. A neuron’s weights are a row.",
        "z": "These are the preactivations. ReLU has yet to be applied.",
        "unbiased": "The biases are missing.",
    },
    W=whole(-2, 3, 2, 2),
    b=whole(-3, 3, 2, but=[0]),
    x=whole(-2, 3, 2, but=[0]),
)
def layer(W: Any, b: Any, x: Any) -> dict[str, Any]:
    z = affine(x[None], W, b)[0]
    return {
        "answer": relu(z),
        "z": z,
        "columns": relu(affine(x[None], W.T, b)[0]),
        "unbiased": relu(z - b),
        "keep": (z.max() > 0) & (z.min() != 0),
    }


@drill(
    "He’s deviation",
    question=r"A ReLU layer has $@inputs$ inputs and $@neurons$ neurons. With which standard "
    r"deviation does He’s initialisation draw its weights?",
    solution=r"He’s variance is 2 over the number of inputs: "
    r"$$\sigma = \sqrt{\frac{2}{@inputs}} = @answer.$$",
    mistakes={
        "variance": "This is the variance. The deviation is its root.",
        "swapped": "Here 2 was divided by the number of neurons; He takes the inputs.",
        "glorot": "This is Glorot’s deviation, for layers without ReLU.",
        "halved": "The 2, which makes up for what ReLU cuts off, is missing.",
    },
    inputs=pick(2, 8, 18, 32, 50, 72, 128, 200),
    neurons=pick(2, 8, 18, 32, 50, 72, 128, 200),
)
def he_deviation(inputs: Any, neurons: Any) -> dict[str, Any]:
    return {
        "answer": np.sqrt(2 / inputs),
        "variance": 2 / inputs,
        "swapped": np.sqrt(2 / neurons),
        "glorot": np.sqrt(2 / (inputs + neurons)),
        "halved": np.sqrt(1 / inputs),
        "keep": (inputs != neurons) & (neurons * 16 > inputs),
    }
