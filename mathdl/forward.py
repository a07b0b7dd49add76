"""The forward pass: layers, what they compute, and how their weights are drawn at first.

Rows are samples: ``x`` has shape (n_samples, n_in), ``weights`` (n_out, n_in), ``bias``
(n_out,), and the preactivation ``z = x @ weights.T + bias`` has shape (n_samples, n_out).
"""

from __future__ import annotations  # a Generator in an annotation would import numpy.random

import dataclasses
import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from mathdl.checks import Array, finite_array, known_name, random_generator, whole_number
from mathdl.concepts import ACTIVATION_KERNELS, ACTIVATIONS


@dataclasses.dataclass(frozen=True, eq=False, repr=False, slots=True)
class Layer:
    """One layer of a network: an affine map and an activation.

    A layer keeps copies of the two arrays that cannot be written to: what was computed with a
    layer stays true. Training makes new layers.

    Parameters
    ----------
    weights : array_like, shape (n_out, n_in)
        One row a neuron.
    bias : array_like, shape (n_out,)
        One number a neuron.
    activation : str
        A name in `mathdl.concepts.ACTIVATIONS`.

    Raises
    ------
    ValueError
        If weights or bias have another shape or hold a NaN or an infinity, or the activation is
        unknown.

    Examples
    --------
    >>> Layer([[1.0, -1.0]], [0.5], "relu")
    Layer(weights (1, 2), bias (1,), 'relu')
    >>> Layer([[1.0, -1.0]], [[0.5]], "relu")
    Traceback (most recent call last):
    ...
    ValueError: bias must have shape (1,), but its shape is (1, 1).
    """

    weights: Array
    bias: Array
    activation: str = "identity"

    def __post_init__(self) -> None:
        weights = finite_array(self.weights, "weights", ("n_out", "n_in"))
        bias = finite_array(self.bias, "bias", (len(weights),))
        name = known_name(self.activation, "activation", ACTIVATIONS)
        object.__setattr__(self, "weights", _own(weights))
        object.__setattr__(self, "bias", _own(bias))
        object.__setattr__(self, "activation", name)

    def __repr__(self) -> str:
        shapes = f"weights {self.weights.shape}, bias {self.bias.shape}"
        return f"Layer({shapes}, {self.activation!r})"

    @classmethod
    def trusted(cls, weights: Array, bias: Array, activation: str) -> Layer:
        """Make a layer from arrays that need neither a check nor a copy.

        Parameters
        ----------
        weights : ndarray, shape (n_out, n_in)
            One row a neuron. The caller promises not to write to it any more.
        bias : ndarray, shape (n_out,)
            One number a neuron, under the same promise.
        activation : str
            A name in `mathdl.concepts.ACTIVATIONS`.

        Returns
        -------
        Layer
            The layer.

        Notes
        -----
        For training, where a layer is made of the layer before at every step.
        """
        layer = object.__new__(cls)
        object.__setattr__(layer, "weights", weights)
        object.__setattr__(layer, "bias", bias)
        object.__setattr__(layer, "activation", activation)
        return layer


def _own(array: Array) -> Array:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


class ForwardPass(NamedTuple):
    """What a forward pass computed, kept for the backward pass.

    Attributes
    ----------
    inputs : tuple of ndarray, each of shape (n_samples, n_in of the layer)
        What went into each layer; the first is x.
    preactivations : tuple of ndarray, each of shape (n_samples, n_out of the layer)
        What each layer handed to its activation.
    output : ndarray, shape (n_samples, n_out of the last layer)
        What came out of the last activation.
    """

    inputs: tuple[Array, ...]
    preactivations: tuple[Array, ...]
    output: Array


def affine(x: npt.ArrayLike, weights: npt.ArrayLike, bias: npt.ArrayLike) -> Array:
    """Multiply samples by weights and add the bias.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    weights : array_like, shape (n_out, n_in)
        One row a neuron.
    bias : array_like, shape (n_out,)
        One number a neuron, added to every sample.

    Returns
    -------
    ndarray, shape (n_samples, n_out)
        The preactivations.

    Raises
    ------
    ValueError
        If a shape does not fit, or an argument is empty or not finite.

    See Also
    --------
    mathdl.backward.affine_backward : Its gradients.

    Notes
    -----
    z = x Wᵀ + b.

    References
    ----------
    goodfellow2016deep, Section 6.1.

    Examples
    --------
    >>> affine([[1.0, 2.0, 3.0]], [[0.5, -1.0, 0.5], [1.0, 1.0, -1.0]], [0.25, 0.0])
    array([[0.25, 0.  ]])
    """
    w = finite_array(weights, "weights", ("n_out", "n_in"))
    b = finite_array(bias, "bias", (len(w),))
    rows = finite_array(x, "x", ("n_samples", w.shape[1]))
    return rows @ w.T + b


def forward(layers: Sequence[Layer], x: npt.ArrayLike) -> ForwardPass:
    """Send samples through a network.

    Parameters
    ----------
    layers : sequence of Layer
        The network, first layer first.
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.

    Returns
    -------
    ForwardPass
        Every layer's input and preactivation, and the output.

    Raises
    ------
    ValueError
        If layers do not fit one another, x does not fit the first, or x is empty or not finite.

    See Also
    --------
    mathdl.backward.backward : The way back.

    Notes
    -----
    h₀ = x; zₗ = hₗ₋₁ Wₗᵀ + bₗ and hₗ = f(zₗ) for each layer l.

    References
    ----------
    goodfellow2016deep, Algorithm 6.3.

    Examples
    --------
    >>> layers = [Layer([[1.0], [-1.0]], [0.0, 0.0], "relu"), Layer([[1.0, 1.0]], [0.0])]
    >>> forward(layers, [[-3.0], [2.0]]).output
    array([[3.],
           [2.]])
    """
    check_layers(layers)
    n_in = layers[0].weights.shape[1]
    return forward_unchecked(layers, finite_array(x, "x", ("n_samples", n_in)))


def forward_unchecked(layers: Sequence[Layer], x: Array) -> ForwardPass:
    """Do what `forward` does, for arguments that were checked already.

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    x : ndarray, shape (n_samples, n_in)
        Samples.

    Returns
    -------
    ForwardPass
        Every layer's input and preactivation, and the output.
    """
    inputs, preactivations, h = [], [], x
    for layer in layers:
        z = h @ layer.weights.T
        z += layer.bias  # in place: no second array of this size
        inputs.append(h)
        preactivations.append(z)
        h = ACTIVATION_KERNELS[layer.activation].function(z)
    return ForwardPass(tuple(inputs), tuple(preactivations), h)


def check_layers(layers: Sequence[Layer]) -> None:
    """Refuse what is not a chain of layers.

    Parameters
    ----------
    layers : sequence of Layer
        The network.

    Raises
    ------
    ValueError
        If it is no sequence of layers, is empty, or a layer does not fit the one before.

    Examples
    --------
    >>> check_layers([Layer([[1.0], [-1.0]], [0.0, 0.0]), Layer([[1.0]], [0.0])])
    Traceback (most recent call last):
    ...
    ValueError: layer 1 must take the 2 outputs of layer 0, but its weights have shape (1, 1).
    """
    if not isinstance(layers, (list, tuple)) or not layers:
        raise ValueError(f"layers must be a list of at least one Layer, but is {layers!r:.60}.")
    previous = None
    for number, layer in enumerate(layers):
        if not isinstance(layer, Layer):
            raise ValueError(f"layers must hold Layers only, but entry {number} is {layer!r:.60}.")
        n_out, n_in = layer.weights.shape
        if previous is not None and n_in != previous:
            raise ValueError(
                f"layer {number} must take the {previous} outputs of layer {number - 1}, "
                f"but its weights have shape {layer.weights.shape}."
            )
        previous = n_out


_VARIANCES: dict[str, Callable[[int, int], float]] = {
    "he": lambda n_in, n_out: 2 / n_in,
    "glorot": lambda n_in, n_out: 2 / (n_in + n_out),
    "lecun": lambda n_in, n_out: 1 / n_in,
    "zeros": lambda n_in, n_out: 0.0,
}
SCHEMES = tuple(_VARIANCES)
"""The names of the ways to draw weights."""


def initialize(
    sizes: Sequence[int],
    *,
    hidden: str = "relu",
    output: str = "identity",
    scheme: str = "he",
    rng: np.random.Generator,
    dtype: npt.DTypeLike = np.float64,
) -> list[Layer]:
    """Draw a network's weights at random; its biases are zero.

    Parameters
    ----------
    sizes : sequence of int
        Width of the input, of each hidden layer, and of the output.
    hidden, output : str
        Activation of the hidden layers and of the last layer, names in
        `mathdl.concepts.ACTIVATIONS`.
    scheme : {"he", "glorot", "lecun", "zeros"}
        How much the weights vary, see Notes.
    rng : numpy.random.Generator
        Where the weights come from.
    dtype : {float64, float32}
        Type of weights and biases.

    Returns
    -------
    list of Layer
        ``len(sizes) - 1`` layers.

    Raises
    ------
    ValueError
        If there are fewer than two sizes or one is not a positive integer, or a name, the dtype
        or the generator is none of those above.

    Notes
    -----
    Weights are Gaussian with mean 0 and variance 2/n_in (he), 2/(n_in + n_out) (glorot) or
    1/n_in (lecun). With "zeros" all are 0, which no descent can recover from: all neurons of a
    layer remain the same.

    References
    ----------
    he2015delving, eq. 10; glorot2010understanding, eq. 12; lecun1998efficient, eq. 16.

    Examples
    --------
    >>> initialize([64, 32, 10], rng=np.random.default_rng(0))
    [Layer(weights (32, 64), bias (32,), 'relu'), Layer(weights (10, 32), bias (10,), 'identity')]
    """
    widths = layer_widths(sizes)
    known_name(hidden, "hidden", ACTIVATIONS)
    known_name(output, "output", ACTIVATIONS)
    variance = _VARIANCES[known_name(scheme, "scheme", SCHEMES)]
    known_name(_type_name(dtype), "dtype", ("float64", "float32"))
    activations = [hidden] * (len(widths) - 2) + [output]
    random_generator(rng)
    layers = []
    for n_in, n_out, activation in zip(widths, widths[1:], activations, strict=False):
        weights = math.sqrt(variance(n_in, n_out)) * rng.standard_normal((n_out, n_in))
        layers.append(Layer(weights.astype(dtype), np.zeros(n_out, dtype), activation))
    return layers


def _type_name(dtype: npt.DTypeLike) -> str:
    try:
        return np.dtype(dtype).name
    except TypeError:
        return repr(dtype)


def layer_widths(sizes: Sequence[int]) -> list[int]:
    """Return the widths of a network's input, hidden layers and output.

    Parameters
    ----------
    sizes : sequence of int
        What the caller handed in.

    Returns
    -------
    list of int
        At least two widths.

    Raises
    ------
    ValueError
        If there are fewer than two, or one is not a positive integer.

    Examples
    --------
    >>> layer_widths([64, 0])
    Traceback (most recent call last):
    ...
    ValueError: sizes[1] must be an integer of at least 1, but is 0.
    """
    if not isinstance(sizes, (list, tuple, range, np.ndarray)) or getattr(sizes, "ndim", 1) != 1:
        raise ValueError(f"sizes must be a list of widths, but is {sizes!r:.60}.")
    if len(sizes) < 2:
        raise ValueError(
            f"sizes must list at least two widths, of input and output, but is {sizes!r:.60}."
        )
    return [whole_number(size, f"sizes[{i}]") for i, size in enumerate(sizes)]


def n_parameters(layers: Sequence[Layer]) -> int:
    """Count a network's weights and biases.

    Parameters
    ----------
    layers : sequence of Layer
        The network.

    Returns
    -------
    int
        How many numbers training may change.

    Raises
    ------
    ValueError
        If layers are none or do not fit one another.

    Notes
    -----
    Σₗ n_outₗ (n_inₗ + 1).

    Examples
    --------
    >>> n_parameters([Layer(np.ones((10, 3)), np.zeros(10))])
    40
    """
    check_layers(layers)
    return sum(layer.weights.size + layer.bias.size for layer in layers)


class HasParameters(Protocol):
    """A layer, or the gradients of one."""

    @property
    def weights(self) -> Array:
        """Shape (n_out, n_in)."""

    @property
    def bias(self) -> Array:
        """Shape (n_out,)."""


def parameter_vector(layers: Sequence[HasParameters]) -> Array:
    """Lay all parameters of a network, or their gradients, end to end.

    Parameters
    ----------
    layers : sequence of Layer or of `mathdl.backward.LayerGradients`
        What to lay out.

    Returns
    -------
    ndarray, shape (n_parameters,)
        Layer by layer the weights, row by row, then the bias.

    Raises
    ------
    ValueError
        If there are no layers.

    See Also
    --------
    with_parameters : The way back.

    Examples
    --------
    >>> parameter_vector([Layer([[1.0, 2.0]], [3.0]), Layer([[4.0]], [5.0])])
    array([1., 2., 3., 4., 5.])
    """
    if not isinstance(layers, (list, tuple)) or not layers:
        raise ValueError(f"layers must be a list of at least one layer, but is {layers!r:.60}.")
    for number, each in enumerate(layers):
        if not (hasattr(each, "weights") and hasattr(each, "bias")):
            raise ValueError(
                f"layers must hold weights and biases, but entry {number} is {each!r:.60}."
            )
    return np.concatenate([part.ravel() for each in layers for part in (each.weights, each.bias)])


def with_parameters(layers: Sequence[Layer], vector: npt.ArrayLike) -> list[Layer]:
    """Return a network of the same shape with other parameters.

    Parameters
    ----------
    layers : sequence of Layer
        The network whose shapes and activations to take.
    vector : array_like, shape (n_parameters,)
        The parameters, in the order of `parameter_vector`.

    Returns
    -------
    list of Layer
        The new network.

    Raises
    ------
    ValueError
        If the vector has another length or is not finite.

    Examples
    --------
    >>> layers = with_parameters([Layer([[1.0, 2.0]], [3.0])], [7, 8, 9])
    >>> layers[0].weights, layers[0].bias
    (array([[7., 8.]]), array([9.]))
    """
    rest = finite_array(vector, "vector", (n_parameters(layers),))
    result = []
    for layer in layers:
        weights, bias, rest = np.split(rest, np.cumsum([layer.weights.size, layer.bias.size]))
        result.append(Layer(weights.reshape(layer.weights.shape), bias, layer.activation))
    return result
