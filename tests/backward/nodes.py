"""A network of nodes: what the matrices of the backward pass do, number by number."""

from mathdl.backward import Node
from mathdl.forward import parameter_vector


def loss_of_nodes(layers, x, labels):
    """Return the cross-entropy of a network as one node, and the nodes of its parameters."""
    parameters = [Node(float(number)) for number in parameter_vector(layers)]
    left, losses = iter(parameters), []
    weights_and_biases = [
        ([[next(left) for _ in row] for row in layer.weights], [next(left) for _ in layer.bias])
        for layer in layers
    ]
    for row, label in zip(x, labels, strict=True):
        values = [Node(float(number)) for number in row]
        for layer, (weights, bias) in zip(layers, weights_and_biases, strict=True):
            z = [
                sum((w * v for w, v in zip(neuron, values, strict=True)), b)
                for neuron, b in zip(weights, bias, strict=True)
            ]
            linear = layer.activation == "identity"
            values = z if linear else [getattr(each, layer.activation)() for each in z]
        losses.append(sum((v.exp() for v in values), Node(0.0)).log() - values[label])
    return sum(losses, Node(0.0)) * (1 / len(x)), parameters
