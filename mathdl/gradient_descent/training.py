"""Training a network: mini-batches, epochs, and a record of what happened."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from explorable.checks import (
    FUNCTION,
    GENERATOR,
    Array,
    ArrayLike,
    Check,
    Given,
    Lengths,
    all_finite,
    array,
    as_array,
    check_shape,
    checked,
    finite_array,
    listed,
    one_of,
    real_array,
    require_room,
    shown,
    whole,
)
from mathdl.backward import LayerGradients, loss_and_gradients
from mathdl.concepts import LOSSES, TARGET
from mathdl.forward import NETWORK, Layer, forward, n_parameters, parameter_vector
from mathdl.gradient_descent.optimizers import OPTIMIZER, Optimizer

Objective = Callable[[list[Layer], Array, Any], tuple[Any, Sequence[LayerGradients]]]
Augmentation = Callable[[Array, np.random.Generator], Array]


@dataclass(frozen=True, eq=False)
class History:
    """What a training leaves behind.

    Attributes
    ----------
    layers : list of Layer
        The network at the end.
    losses : ndarray, shape (n_epochs,)
        The mean of each epoch's mini-batch losses, each taken before its step.
    batch_losses : ndarray, shape (n_steps,)
        The loss of every mini-batch.
    validation_losses : ndarray, shape (n_epochs,), or None
        The loss on the validation data after each epoch.
    validation_accuracies : ndarray, shape (n_epochs,), or None
        The share of validation samples classified rightly; NaN for a regression.
    snapshots : ndarray, shape (n_snapshots, n_parameters)
        The parameters (`mathdl.forward.parameter_vector`) from the start to the end.
    snapshot_steps : ndarray of int, shape (n_snapshots,)
        After how many steps each of them was taken.
    """

    layers: list[Layer]
    losses: Array
    batch_losses: Array
    validation_losses: Array | None
    validation_accuracies: Array | None
    snapshots: Array
    snapshot_steps: npt.NDArray[np.int64]


def layers_from(layers: Sequence[Layer], parameters: Array) -> list[Layer]:
    """Return layers shaped like `layers` that look into a vector of parameters, unchecked.

    Unlike `mathdl.forward.with_parameters` it neither copies nor refuses NaN, since it is needed
    at every step and a training that diverges is a result.

    Parameters
    ----------
    layers : sequence of Layer
        Their shapes and activations are taken over.
    parameters : ndarray, shape (n_parameters,)
        In the order of `mathdl.forward.parameter_vector`.

    Returns
    -------
    list of Layer
        Their weights and biases are views into `parameters`.

    Examples
    --------
    >>> layer = Layer([[0.0, 0.0]], [0.0], "relu")
    >>> layers_from([layer], np.array([1.0, 2.0, 3.0]))[0].weights
    array([[1., 2.]])
    """
    views, start = [], 0
    for layer in layers:
        middle = start + layer.weights.size
        end = middle + layer.bias.size
        weights = parameters[start:middle].reshape(layer.weights.shape)
        views.append(Layer.trusted(weights, parameters[middle:end], layer.activation))
        start = end
    return views


def in_the_type_of(layers: Sequence[Layer], *arrays: Any) -> Any:
    """Return arrays in the type of a network's weights; labels stay integers."""
    dtype = layers[0].weights.dtype
    with np.errstate(over="ignore"):
        return [a.astype(dtype, copy=False) if a.dtype.kind == "f" else a for a in arrays]


def _answers(value: Any, name: str, given: Given, lengths: Lengths) -> Any:
    classes = as_array(value, name).ndim == 1
    loss = LOSSES["cross_entropy" if classes else "binary_cross_entropy"]
    return loss.target.look(value, name, given, lengths)


_ANSWERS = Check(_answers, "array_like of int")


@checked(layers=NETWORK, x=array("n_samples", "n_in"), labels=_ANSWERS)
def accuracy(layers: Sequence[Layer], x: ArrayLike, labels: ArrayLike) -> float:
    """Return the share of samples that a network classifies rightly.

    Parameters
    ----------
    layers
        A network whose outputs are logits.
    x
        Inputs.
    labels
        (n_samples,) classes, when the largest logit decides; or 0 and 1 in the shape of the
        output, when its sign does.

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> layer = Layer([[1.0], [-1.0]], [0.0, 0.0], "identity")
    >>> accuracy([layer], [[2.0], [-3.0], [1.0], [5.0]], [0, 1, 1, 0])
    0.75
    """
    return _share_right(forward(layers, x).output, labels)


def _share_right(logits: Array, labels: Any) -> float:
    """Compare checked labels with the largest logit, or with the sign of each."""
    decided = logits.argmax(axis=-1) if np.ndim(labels) == 1 else logits > 0
    return float((decided == labels).mean())


def _targets(value: Any, name: str, given: Given, lengths: Lengths) -> npt.NDArray[Any]:
    wanted, n_samples = as_array(value, name), lengths["n_samples"]
    if wanted.ndim == 0 or wanted.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers, but is {shown(value)}.")
    if len(wanted) != n_samples:
        raise ValueError(f"{name} must have {n_samples} rows, as x has, but has {len(wanted)}.")
    if not all_finite(wanted):
        raise ValueError(f"{name} must hold finite numbers only, but some are infinite or NaN.")
    return wanted


_TARGETS = Check(_targets, "array_like, shape (n_samples, ...)")


@checked(
    x=array("n_samples", "n_in"),
    target=_TARGETS,
    batch_size=whole(at_most=10**9),
    rng=GENERATOR,
    augment=FUNCTION,
    diverges=True,
    refuses="`augment` returns something of another shape",
)
def mini_batches(
    x: ArrayLike,
    target: ArrayLike,
    batch_size: int,
    *,
    rng: np.random.Generator,
    augment: Augmentation | None = None,
) -> Iterator[tuple[Array, npt.NDArray[Any]]]:
    """Yield all samples once, in random order, a few at a time.

    Parameters
    ----------
    x
        Inputs.
    target
        Their targets.
    batch_size
        Samples per batch; the last batch may be smaller.
    rng
        Shuffles.
    augment
        ``augment(x, rng) -> x``, applied to all inputs after the shuffling.

    Yields
    ------
    x_batch, target_batch : ndarray
        One batch, of at most `batch_size` rows.

    Examples
    --------
    >>> x = np.arange(5.0)[:, None]
    >>> [len(batch) for batch, _ in mini_batches(x, x, 2, rng=np.random.default_rng(0))]
    [2, 2, 1]
    """
    n_samples = len(x)
    order = rng.permutation(n_samples)
    inputs, targets = x[order], target[order]
    if augment is not None:
        inputs = finite_array(augment(inputs, rng), "what augment returns", x.shape)
    for first in range(0, n_samples, batch_size):
        yield inputs[first : first + batch_size], targets[first : first + batch_size]


def _held_out(value: Any, name: str, given: Given, lengths: Lengths) -> tuple[Array, Any]:
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ValueError(f"{name} must be a pair of inputs and targets, but is {shown(value)}.")
    ends = {end: lengths[end] for end in ("n_in", "n_out")}
    x = _SAMPLES.look(value[0], f"{name}[0]", given, ends)
    return x, TARGET.look(value[1], f"{name}[1]", {**given, "x": x}, ends)


_SAMPLES = array("n_samples", "n_in")
_VALIDATION = Check(_held_out, "pair of array_like")


@checked(
    optimizer=OPTIMIZER,
    layers=NETWORK,
    loss=one_of(LOSSES),
    x=_SAMPLES,
    target=TARGET,
    validation=_VALIDATION,
    n_epochs=whole(),
    batch_size=whole(at_most=10**9),
    snapshot_every=whole(),
    rng=GENERATOR,
    objective=FUNCTION,
    augment=FUNCTION,
    diverges=True,
    refuses="the objective or the augmentation returns what cannot be meant",
)
def train(
    layers: Sequence[Layer],
    x: ArrayLike,
    target: ArrayLike,
    *,
    loss: str,
    optimizer: Optimizer,
    n_epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    objective: Objective | None = None,
    augment: Augmentation | None = None,
    snapshot_every: int | None = None,
) -> History:
    """Train a network with mini-batches.

    Parameters
    ----------
    layers
        The network at the start; it is not changed. Its dtype is the training's.
    x
        Training inputs.
    target
        What is wanted, as `loss` takes it: (n_samples, n_out), or (n_samples,) labels.
    loss
    optimizer
        The rule, for instance ``adam(1e-3)``; it sees all parameters as one vector.
    n_epochs
        How often each sample is used.
    batch_size
        Samples a step; the last batch of an epoch may be smaller.
    rng
        Shuffles the samples at the start of each epoch.
    validation
        Inputs and targets on which to measure after each epoch.
    objective
        ``objective(layers, x, target) -> (loss, gradients)`` for one batch, in place of the
        plain loss: with a penalty or with dropout, for example.
    augment
        ``augment(x, rng) -> x``: what to do with all inputs, already shuffled, before an epoch.
    snapshot_every
        After how many steps to keep the parameters; once an epoch if omitted.

    Returns
    -------
    History
        A training that diverges is a result: its losses become infinite or NaN, without warning.

    Examples
    --------
    A neuron learns y = 2x + 1 from four samples.

    >>> from mathdl.gradient_descent import momentum
    >>> rng, x = np.random.default_rng(0), np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> neuron = [Layer([[0.0]], [0.0], "identity")]
    >>> history = train(neuron, x, 2 * x + 1, loss="mean_squared_error",
    ...     optimizer=momentum(0.05, decay=0.5), n_epochs=200, batch_size=2, rng=rng)
    >>> history.layers[0].weights.round(6), history.layers[0].bias.round(6)
    (array([[2.]]), array([1.]))
    """
    x, target = in_the_type_of(layers, x, target)
    held_out = None if validation is None else in_the_type_of(layers, *validation)
    per_epoch = -(-len(x) // batch_size)
    every = snapshot_every or per_epoch
    n_numbers = n_parameters(layers) * (n_epochs * per_epoch // every + 2)
    require_room(n_numbers, "n_epochs and snapshot_every")

    gradients_of = _plain_objective(loss) if objective is None else _checked_objective(objective)
    parameters = parameter_vector(layers)
    parameters.flags.writeable = False  # an objective that changes the layers is stopped
    state = optimizer.init(parameters)
    visited, losses, scores = {0: parameters}, [], []
    batches = (
        mini_batches.plain(x, target, batch_size, rng=rng, augment=augment)
        for _ in range(n_epochs)
    )
    with np.errstate(all="ignore"):
        for k, batch in enumerate(chain.from_iterable(batches), start=1):
            value, gradients = gradients_of(layers_from(layers, parameters), *batch)
            parameters, state = optimizer.move(parameters, parameter_vector(gradients), state)
            parameters.flags.writeable = False
            losses.append(value)
            if k % every == 0 or k == n_epochs * per_epoch:
                visited[k] = parameters
            if held_out is not None and k % per_epoch == 0:
                scores.append(_scores(layers_from(layers, parameters), held_out, loss))
        return _history(layers, visited, losses, scores, n_epochs)


def _checked_objective(objective: Objective) -> Objective:
    """Return the caller's objective, which refuses to return anything that is no objective."""

    def checked(
        layers: Sequence[Layer], x: Array, target: Any
    ) -> tuple[Any, Sequence[LayerGradients]]:
        returned = objective(list(layers), x, target)
        if not isinstance(returned, (tuple, list)) or len(returned) != 2:
            raise ValueError(
                f"objective must return a loss and a list of gradients, but returned "
                f"{shown(returned)}."
            )
        loss = real_array(returned[0], "the loss of objective")
        check_shape(loss, "the loss of objective", ())
        return loss[()], _checked_gradients(layers, returned[1])

    return checked


def _checked_gradients(layers: Sequence[Layer], gradients: Any) -> list[LayerGradients]:
    """Return gradients as arrays that fit the layers; they may be infinite or NaN."""
    listed(gradients, "the gradients of objective")
    if len(gradients) != len(layers):
        raise ValueError(
            f"objective must return the gradients of {len(layers)} layers, but returned "
            f"{len(gradients)}."
        )
    checked = []
    for number, (layer, gradient) in enumerate(zip(layers, gradients, strict=True)):
        name = f"the gradient of objective in layer {number}"
        weights, bias = (
            real_array(getattr(gradient, field, np.nan), f"{name}, {field},")
            for field in ("weights", "bias")
        )
        check_shape(weights, name, layer.weights.shape)
        check_shape(bias, name, layer.bias.shape)
        checked.append(LayerGradients(weights, bias))
    return checked


def _plain_objective(loss: str) -> Objective:
    return lambda layers, x, target: loss_and_gradients.plain(layers, x, target, loss)


def _scores(layers: Sequence[Layer], samples: Any, loss: str) -> tuple[float, float]:
    """Return loss and accuracy on checked samples; NaN for the accuracy of a regression."""
    x, target = samples
    output = forward.plain(layers, x).output
    value, _ = LOSSES[loss].value_and_gradient(output, target)
    share = np.nan if loss == "mean_squared_error" else _share_right(output, target)
    return float(value), share


def _history(
    layers: Sequence[Layer],
    visited: dict[int, Array],
    losses: list[Any],
    scores: list[tuple[float, float]],
    n_epochs: int,
) -> History:
    """Gather what `train` wrote down."""
    snapshots = np.stack(list(visited.values()))
    snapshots.setflags(write=False)
    batch_losses = np.array(losses, dtype=np.float64)
    validation = np.array(scores).T if scores else (None, None)
    return History(
        layers=layers_from(layers, snapshots[-1]),
        losses=batch_losses.reshape(n_epochs, -1).mean(axis=1),
        batch_losses=batch_losses,
        validation_losses=validation[0],
        validation_accuracies=validation[1],
        snapshots=snapshots,
        snapshot_steps=np.array(list(visited)),
    )
