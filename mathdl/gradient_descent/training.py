"""Training a network: mini-batches, epochs, and a record of what happened."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from mathdl.backward import LayerGradients, backward_unchecked
from mathdl.checks import (
    Array,
    a_function,
    all_finite,
    as_array,
    check_shape,
    finite_array,
    known_name,
    listed,
    random_generator,
    real_array,
    require_room,
    shown,
    whole_number,
)
from mathdl.concepts import LOSS_PARTS
from mathdl.forward import (
    Layer,
    check_layers,
    forward_unchecked,
    n_parameters,
    parameter_vector,
)
from mathdl.gradient_descent.optimizers import Optimizer, require_optimizer

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


def accuracy(layers: Sequence[Layer], x: npt.ArrayLike, labels: npt.ArrayLike) -> float:
    """Return the share of samples that a network classifies rightly.

    Parameters
    ----------
    layers : sequence of Layer
        A network whose outputs are logits.
    x : array_like, shape (n_samples, n_in)
        Inputs.
    labels : array_like of int
        (n_samples,) classes, when the largest logit decides; or 0 and 1 in the shape of the
        output, when its sign does.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a label is out of range.

    Examples
    --------
    >>> layer = Layer([[1.0], [-1.0]], [0.0, 0.0], "identity")
    >>> accuracy([layer], [[2.0], [-3.0], [1.0], [5.0]], [0, 1, 1, 0])
    0.75
    """
    check_layers(layers)
    inputs = finite_array(x, "x", ("n_samples", layers[0].weights.shape[1]))
    given = as_array(labels, "labels")
    loss = "cross_entropy" if given.ndim == 1 else "binary_cross_entropy"
    with np.errstate(all="ignore"):
        logits = forward_unchecked(layers, inputs).output
    _, wanted = LOSS_PARTS[loss].check(logits, given, names=("the output of layers", "labels"))
    return _share_right(logits, wanted)


def _share_right(logits: Array, labels: Any) -> float:
    """Compare checked labels with the largest logit, or with the sign of each."""
    decided = logits.argmax(axis=-1) if np.ndim(labels) == 1 else logits > 0
    return float((decided == labels).mean())


def mini_batches(
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    batch_size: int,
    *,
    rng: np.random.Generator,
    augment: Augmentation | None = None,
) -> Iterator[tuple[Array, npt.NDArray[Any]]]:
    """Yield all samples once, in random order, a few at a time.

    Parameters
    ----------
    x : array_like, shape (n_samples, n_in)
        Inputs.
    target : array_like, shape (n_samples, ...)
        Their targets.
    batch_size : int
        Samples a batch, at least 1; the last batch may be smaller.
    rng : numpy.random.Generator
        Shuffles.
    augment : callable, optional
        ``augment(x, rng) -> x``, applied to all inputs after the shuffling.

    Yields
    ------
    x, target : ndarray
        One batch.

    Raises
    ------
    ValueError
        If `batch_size` is not an integer of at least 1, `rng` is not a generator, there are not
        as many targets as inputs, or `augment` returns something of another shape.

    Examples
    --------
    >>> x = np.arange(5.0)[:, None]
    >>> [len(batch) for batch, _ in mini_batches(x, x, 2, rng=np.random.default_rng(0))]
    [2, 2, 1]
    """
    rows, wanted = finite_array(x, "x", ("n_samples", "n_in")), as_array(target, "target")
    if wanted.ndim == 0 or wanted.dtype.kind not in "biuf":
        raise ValueError(f"target must be an array of numbers, but is {shown(target)}.")
    if len(wanted) != len(rows):
        raise ValueError(f"target must have {len(rows)} rows, as x has, but has {len(wanted)}.")
    if not all_finite(wanted):
        raise ValueError("target must hold finite numbers only, but some are infinite or NaN.")
    size = whole_number(batch_size, "batch_size")
    random_generator(rng)
    if augment is not None:
        a_function(augment, "augment")
    return _batches(rows, wanted, size, rng, augment)


def _batches(
    x: Array,
    target: npt.NDArray[Any],
    size: int,
    rng: np.random.Generator,
    augment: Augmentation | None,
) -> Iterator[tuple[Array, npt.NDArray[Any]]]:
    """Yield what `mini_batches` promises, for arguments that were checked already."""
    n_samples = len(x)
    order = rng.permutation(n_samples)
    inputs, targets = x[order], target[order]
    if augment is not None:
        inputs = finite_array(augment(inputs, rng), "what augment returns", x.shape)
    for first in range(0, n_samples, size):
        yield inputs[first : first + size], targets[first : first + size]


def train(
    layers: Sequence[Layer],
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    *,
    loss: str,
    optimizer: Optimizer,
    n_epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    validation: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    objective: Objective | None = None,
    augment: Augmentation | None = None,
    snapshot_every: int | None = None,
) -> History:
    """Train a network with mini-batches.

    Parameters
    ----------
    layers : sequence of Layer
        The network at the start; it is not changed. Its dtype is the training's.
    x : array_like, shape (n_samples, n_in)
        Training inputs.
    target : array_like
        What is wanted, as `loss` takes it: (n_samples, n_out), or (n_samples,) labels.
    loss : str
        A name in `mathdl.concepts.LOSSES`.
    optimizer : Optimizer
        The rule, for instance ``adam(1e-3)``; it sees all parameters as one vector.
    n_epochs : int
        How often each sample is used.
    batch_size : int
        Samples a step; the last batch of an epoch may be smaller.
    rng : numpy.random.Generator
        Shuffles the samples at the start of each epoch.
    validation : pair of array_like, optional
        Inputs and targets on which to measure after each epoch.
    objective : callable, optional
        ``objective(layers, x, target) -> (loss, gradients)`` for one batch, in place of the
        plain loss: with a penalty or with dropout, for example.
    augment : callable, optional
        ``augment(x, rng) -> x``: what to do with all inputs, already shuffled, before an epoch.
    snapshot_every : int, optional
        After how many steps to keep the parameters; once an epoch if omitted.

    Returns
    -------
    History
        A training that diverges is a result: its losses become infinite or NaN, without warning.

    Raises
    ------
    ValueError
        If anything does not fit or cannot be meant.

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
    require_optimizer(optimizer)
    checked = checked_samples(layers, x, target, loss)
    held_out = None if validation is None else _checked_validation(layers, validation, loss)
    n_epochs, size = whole_number(n_epochs, "n_epochs"), whole_number(batch_size, "batch_size")
    per_epoch = -(-len(checked[0]) // size)
    every = whole_number(per_epoch if snapshot_every is None else snapshot_every, "snapshot_every")
    n_numbers = n_parameters(layers) * (n_epochs * per_epoch // every + 2)
    require_room(n_numbers, "n_epochs and snapshot_every")
    random_generator(rng)
    if augment is not None:
        a_function(augment, "augment")

    gradients_of = plain_objective(loss) if objective is None else _checked_objective(objective)
    parameters = parameter_vector(layers)
    state = optimizer.init(parameters)
    visited, losses, scores = {0: parameters}, [], []
    batches = (_batches(*checked, size, rng, augment) for _ in range(n_epochs))
    with np.errstate(all="ignore"):
        for k, batch in enumerate(chain.from_iterable(batches), start=1):
            value, gradients = gradients_of(layers_from(layers, parameters), *batch)
            parameters, state = optimizer.step(parameters, parameter_vector(gradients), state)
            losses.append(value)
            if k % every == 0 or k == n_epochs * per_epoch:
                visited[k] = parameters
            if held_out is not None and k % per_epoch == 0:
                scores.append(_scores(layers_from(layers, parameters), *held_out, loss))
        return _history(layers, visited, losses, scores, n_epochs)


def checked_samples(
    layers: Sequence[Layer],
    x: npt.ArrayLike,
    target: npt.ArrayLike,
    loss: str,
    *,
    names: tuple[str, str] = ("x", "target"),
) -> tuple[Array, Any]:
    """Return inputs in the network's dtype, and targets that its loss can be asked about.

    Parameters
    ----------
    layers : sequence of Layer
        The network.
    x : array_like, shape (n_samples, n_in)
        Samples, one a row.
    target : array_like
        As the loss wants it: one label a sample, or numbers in the shape of the output.
    loss : str
        A name in `mathdl.concepts.LOSSES`.
    names : pair of str, default ("x", "target")
        What the caller calls the two.

    Returns
    -------
    x, target : ndarray
        Floats in the type of the network's weights; labels stay integers.

    Raises
    ------
    ValueError
        If they do not fit the network or the loss, or the output is not finite.
    """
    check_layers(layers)
    parts = LOSS_PARTS[known_name(loss, "loss", LOSS_PARTS)]
    inputs = finite_array(x, names[0], ("n_samples", layers[0].weights.shape[1]))
    with np.errstate(all="ignore"):
        inputs = inputs.astype(layers[0].weights.dtype, copy=False)
        output = forward_unchecked(layers, inputs).output
    _, wanted = parts.check(output, target, names=("the output of layers", names[1]))
    if wanted.dtype.kind == "f":  # or the loss, and with it the training, would leave float32
        wanted = wanted.astype(output.dtype, copy=False)
    return inputs, wanted


def _checked_validation(
    layers: Sequence[Layer], validation: tuple[npt.ArrayLike, npt.ArrayLike], loss: str
) -> tuple[Array, Any]:
    """Return the validation samples, checked as those of the training are."""
    if not isinstance(validation, (tuple, list)) or len(validation) != 2:
        raise ValueError(
            f"validation must be a pair of inputs and targets, but is {shown(validation)}."
        )
    names = "validation[0]", "validation[1]"
    return checked_samples(layers, *validation, loss, names=names)


def _checked_objective(objective: Objective) -> Objective:
    """Return the caller's objective, which refuses to return anything that is no objective."""
    a_function(objective, "objective")

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


def plain_objective(loss: str) -> Objective:
    """Return `mathdl.backward.loss_and_gradients` without its checks, which `train` has made."""
    value_and_gradient = LOSS_PARTS[loss].value_and_gradient

    def objective(
        layers: Sequence[Layer], x: Array, target: Any
    ) -> tuple[Any, Sequence[LayerGradients]]:
        forward_pass = forward_unchecked(layers, x)
        value, upstream = value_and_gradient(forward_pass.output, target)
        return value, backward_unchecked(layers, forward_pass, upstream)

    return objective


def _scores(layers: Sequence[Layer], x: Array, target: Any, loss: str) -> tuple[float, float]:
    """Return loss and accuracy on checked samples; NaN for the accuracy of a regression."""
    output = forward_unchecked(layers, x).output
    value, _ = LOSS_PARTS[loss].value_and_gradient(output, target)
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
