"""Small right arguments that many calls share. All numbers are exact in float16."""

import numpy as np

from mathdl.forward import Layer, forward
from mathdl.gradient_descent import SURFACES, adam

RNG = np.random.default_rng(0)

X = np.array([[0.5, -1.25], [1.5, 0.75], [-0.25, 2.0]])
"""Three samples of two numbers."""

WEIGHTS = np.array([[1.5, -0.5], [0.25, 1.0], [-1.0, 0.75], [0.5, 0.5]])
BIAS = np.array([0.5, -0.25, 0.125, 1.0])
"""Four neurons on two numbers."""

NETWORK = [
    Layer(WEIGHTS, BIAS, "relu"),
    Layer([[0.5, -1.0, 0.25, 1.0], [1.0, 0.5, -0.75, 0.25]], [0.25, -0.5]),
]
"""Two inputs, four ReLU neurons, two outputs."""

SMOOTH = [Layer(WEIGHTS, BIAS, "tanh"), NETWORK[1]]
"""The same with tanh."""

PASS = forward(NETWORK, X)
TARGET = np.array([[0.5, 1.0], [0.0, -1.0], [2.0, 0.25]])
LABELS = np.array([1, 0, 1])
BINARY = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])

LINE = [Layer([[1.0], [1.0], [1.0]], [0.0, -0.25, -0.5], "relu"), Layer([[4.0, -8.0, 4.0]], [0.5])]
"""One input, three ReLU neurons, one output."""

PLANE = [Layer([[1.0, 0.5], [-0.5, 1.0]], [0.25, 0.5], "relu"), Layer([[1.0, -2.0]], [0.125])]
"""Two inputs, two ReLU neurons, one output."""

POSITIVE = np.array([0.5, 1.0, 2.0])
SMALL = np.array([0.25, 0.5, 0.125])
HESSIAN = np.array([[2.0, 0.5], [0.5, 1.0]])
BOWL = SURFACES["ravine"]
ADAM = adam(0.125)


def squares(x: np.ndarray) -> np.ndarray:
    """Return the sum of squares: a function of any array."""
    with np.errstate(over="ignore"):
        return (x**2).sum()


def twice(x: np.ndarray) -> np.ndarray:
    """Return its gradient."""
    with np.errstate(over="ignore"):
        return 2 * x


def images(n: int) -> np.ndarray:
    """Return images of 8×8 pixels with numbers that float16 holds."""
    return np.random.default_rng(1).integers(0, 17, (n, 64)) / 16
