"""A network built of scalar nodes: what the matrices of the backward pass do, number by number."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    Array,
    ArrayLike,
    IntegerArray,
    array,
    checked,
    known_name,
    one_of,
)
from mathdl.backward import Node
from mathdl.concepts import TARGET
from mathdl.forward import NETWORK, Layer

__all__ = ["ScalarNetwork", "scalar_network"]

ACTIVATION_NODES: dict[str, Callable[[Node], Node]] = {
    "identity": lambda z: z,
    "sigmoid": Node.sigmoid,
    "tanh": Node.tanh,
    "relu": Node.relu,
    "softplus": Node.softplus,
}


class ScalarNetwork(NamedTuple):
    """The loss of a network as one node, with the nodes of its parameters.

    Attributes
    ----------
    loss : Node
        The loss.
    weights : list of ndarray of Node, shape (n_out, n_in)
        One array a layer.
    biases : list of ndarray of Node, shape (n_out,)
        One array a layer.
    """

    loss: Node
    weights: list[npt.NDArray[np.object_]]
    biases: list[npt.NDArray[np.object_]]


def _affine(values: Sequence[Node], weights: Sequence[Node], bias: Node) -> Node:
    total = bias
    for value, weight in zip(values, weights, strict=True):
        total = total + value * weight
    return total


def _mean_squared_error(outputs: list[list[Node]], target: Array) -> Node:
    total = Node(0.0)
    for (s, i), number in np.ndenumerate(target):
        total = total + (outputs[s][i] - float(number)) ** 2
    return total * (1 / target.size)


def _cross_entropy(outputs: list[list[Node]], target: IntegerArray) -> Node:
    total = Node(0.0)
    for scores, label in zip(outputs, target, strict=True):
        partition = Node(0.0)
        for score in scores:
            partition = partition + score.exp()
        total = total + partition.log() - scores[int(label)]
    return total * (1 / len(outputs))


LOSS_NODES: dict[str, Callable[[list[list[Node]], Any], Node]] = {
    "mean_squared_error": _mean_squared_error,
    "cross_entropy": _cross_entropy,
}


@checked(layers=NETWORK, loss=one_of(LOSS_NODES), x=array("n_samples", "n_in"), target=TARGET)
def scalar_network(
    layers: Sequence[Layer], x: ArrayLike, target: ArrayLike, loss: str
) -> ScalarNetwork:
    """Compute a network's loss with nodes, one for every number.

    Parameters
    ----------
    layers
        The network; its activations among `ACTIVATION_NODES`.
    x
        The batch.
    target
        As the loss wants it.
    loss

    Returns
    -------
    ScalarNetwork
        The loss and the nodes of the parameters; call ``loss.backward()`` for their adjoints.

    Raises
    ------
    ValueError
        If an activation has no node.

    Examples
    --------
    >>> layer = Layer(np.array([[2.0]]), np.array([1.0]))
    >>> network = scalar_network([layer], [[3.0]], [[5.0]], "mean_squared_error")
    >>> network.loss.backward()
    >>> network.loss.value, network.weights[0][0, 0].adjoint
    (4.0, 12.0)
    """
    weights = [_nodes(layer.weights) for layer in layers]
    biases = [_nodes(layer.bias) for layer in layers]
    outputs: list[list[Node]] = []
    for row in x:
        values = [Node(float(number)) for number in row]
        for layer, weight, bias in zip(layers, weights, biases, strict=True):
            activate = ACTIVATION_NODES[
                known_name(layer.activation, "the activation of a layer", ACTIVATION_NODES)
            ]
            values = [activate(_affine(values, w, b)) for w, b in zip(weight, bias, strict=True)]
        outputs.append(values)
    return ScalarNetwork(LOSS_NODES[loss](outputs, target), weights, biases)


def _nodes(values: npt.NDArray[np.floating]) -> npt.NDArray[np.object_]:
    nodes = np.empty(values.shape, dtype=object)
    for index, number in np.ndenumerate(values):
        nodes[index] = Node(float(number))
    return nodes
