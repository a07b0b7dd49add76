"""Three readers of one digit: the rule, the linear model and the network of the chapter."""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from explorable.checks import Array, ArrayLike, array, checked
from mathdl.background import HoleProblem, best_affine_fit, enclosed_paper, hole_problem
from mathdl.concepts import sigmoid
from mathdl.datasets import load_digits
from mathdl.forward import Layer, forward, initialize
from mathdl.gradient_descent import adam, train


class HoleReaders(NamedTuple):
    """What the chapter has fitted to the training digits.

    Attributes
    ----------
    linear : Layer
        The linear model on pixels; a score above ½ means "hole".
    network : tuple of Layer
        The network with 32 hidden units; a score above 0 means "hole".
    """

    linear: Layer
    network: tuple[Layer, ...]


class Reading(NamedTuple):
    """What the three readers see in one digit.

    Attributes
    ----------
    enclosed : ndarray of bool (8, 8)
        The paper that the water of the rule does not reach.
    score : float
        The linear model's score.
    probability : float
        The network's probability of a hole.
    activations : ndarray (32,)
        Outputs of the hidden units; 0 where a unit is closed.
    votes : ndarray (32,)
        What each unit adds to the network's score.
    """

    enclosed: npt.NDArray[np.bool_]
    score: float
    probability: float
    activations: Array
    votes: Array


@functools.cache
def hole_digits() -> HoleProblem:
    """Return the digits with and without a hole; once."""
    return hole_problem(load_digits())


def train_hole_network(widths: Sequence[int], seed: int) -> list[Layer]:
    """Train a network with hidden layers of these widths, as the chapter does."""
    problem, rng = hole_digits(), np.random.default_rng(seed)
    return train(
        initialize([64, *widths, 1], rng=rng),
        problem.x_train,
        problem.y_train,
        loss="binary_cross_entropy",
        n_epochs=40,
        optimizer=adam(3e-3),
        batch_size=64,
        rng=rng,
    ).layers


@functools.cache
def hole_readers() -> HoleReaders:
    """Fit the linear model and train the network, as the chapter does; once.

    Returns
    -------
    HoleReaders
        Both, the same at every call, with weights of three decimals.
    """
    problem = hole_digits()
    linear = best_affine_fit(problem.x_train, problem.y_train)
    layers = [linear, *train_hole_network([32], seed=0)]
    linear, *network = [
        Layer(each.weights.round(3), each.bias.round(3), each.activation) for each in layers
    ]
    return HoleReaders(linear, tuple(network))


@checked(digit=array(64, within="[0, 1]"))
def read_digit(digit: ArrayLike) -> Reading:
    """Let the three readers look at one digit.

    Parameters
    ----------
    digit
        Ink, row by row of an 8×8 image.

    Returns
    -------
    Reading
        What each of them sees.
    """
    image = digit[np.newaxis]
    enclosed = enclosed_paper(image)[0]
    linear, network = hole_readers()
    passed = forward(network, image)
    activations = passed.inputs[1][0]
    return Reading(
        enclosed=enclosed,
        score=forward([linear], image).output.item(),
        probability=sigmoid(passed.output).item(),
        activations=activations,
        votes=network[1].weights[0] * activations,
    )
