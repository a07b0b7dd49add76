"""Tests of `mathdl.gradient_descent.training`."""

import numpy as np
import pytest

from mathdl import gradient_descent as gd
from mathdl.backward import LayerGradients, loss_and_gradients
from mathdl.faq import with_dropout
from mathdl.forward import Layer, initialize, parameter_vector, with_parameters


def quick(task, **changes):
    """Train on the task with few steps, changed as asked."""
    layers, x, labels = task
    settings = {
        "loss": "cross_entropy",
        "optimizer": gd.momentum(0.1),
        "n_epochs": 3,
        "batch_size": 10,
        "rng": np.random.default_rng(1),
    }
    return gd.train(layers, x, labels, **(settings | changes))


def test_one_full_batch_epoch_by_hand():
    # One neuron w x + b from (0, 0) on (1, 2) and (3, 0): mean squared error (4 + 0)/2 = 2,
    # ∂w = mean 2(p − y)x = (−4·1 + 0·3)/2 = −2, ∂b = −2; with rate 0.1 both become 0.2.
    neuron = [Layer([[0.0]], [0.0], "identity")]
    settings = {"loss": "mean_squared_error", "optimizer": gd.gradient_descent(0.1)}
    history = quick((neuron, [[1.0], [3.0]], [[2.0], [0.0]]), n_epochs=1, batch_size=2, **settings)
    np.testing.assert_allclose(history.snapshots, [[0, 0], [0.2, 0.2]])
    np.testing.assert_allclose(history.losses, [2])
    np.testing.assert_allclose(history.layers[0].weights, [[0.2]])


@pytest.mark.parametrize("rule", gd.OPTIMIZERS.values(), ids=gd.OPTIMIZERS)
def test_full_batches_are_descent_on_the_loss(task, rule):
    layers, x, labels = task

    def gradient(parameters):
        gradients = loss_and_gradients(
            with_parameters(layers, parameters), x, labels, "cross_entropy"
        )[1]
        return parameter_vector(gradients)

    history = quick(task, optimizer=rule(0.01), n_epochs=5, batch_size=45)
    path = gd.descend(gradient, parameter_vector(layers), rule(0.01), 5)
    # Shuffling changes the order of the sums.
    np.testing.assert_allclose(history.snapshots, path, rtol=1e-5, atol=1e-8)


def test_history_has_one_entry_an_epoch_and_a_batch(task):
    history = quick(task, validation=task[1:])
    assert history.losses.shape == history.validation_losses.shape == (3,)
    assert history.validation_accuracies.shape == (3,)
    assert history.batch_losses.shape == (15,)
    np.testing.assert_allclose(history.losses, history.batch_losses.reshape(3, 5).mean(axis=1))
    np.testing.assert_array_equal(history.snapshot_steps, [0, 5, 10, 15])
    assert history.snapshots.shape == (4, parameter_vector(task[0]).size)
    np.testing.assert_array_equal(history.snapshots[0], parameter_vector(task[0]))
    np.testing.assert_array_equal(history.snapshots[-1], parameter_vector(history.layers))
    with pytest.raises(ValueError, match="read-only"):
        history.snapshots[0, 0] = 7


def test_validation_is_measured_after_each_epoch(task):
    layers, x, labels = task
    history = quick(task, validation=(x, labels))
    for loss, share, snapshot in zip(
        history.validation_losses,
        history.validation_accuracies,
        history.snapshots[1:],
        strict=True,
    ):
        network = with_parameters(layers, snapshot)
        assert loss == pytest.approx(loss_and_gradients(network, x, labels, "cross_entropy")[0])
        assert share == gd.accuracy(network, x, labels)
    assert history.validation_accuracies[-1] > 0.9
    assert quick(task).validation_losses is None
    assert quick(task).validation_accuracies is None


def test_snapshots_are_as_many_as_asked_and_a_training_that_diverges_is_a_result(task):
    history = quick(task, snapshot_every=4)
    np.testing.assert_array_equal(history.snapshot_steps, [0, 4, 8, 12, 15])
    dense = quick(task, snapshot_every=1)
    np.testing.assert_array_equal(history.snapshots, dense.snapshots[history.snapshot_steps])
    history = quick(task, optimizer=gd.gradient_descent(1e200), n_epochs=4, validation=task[1:])
    assert not np.isfinite(history.losses[-1])
    assert not np.isfinite(history.snapshots[-1]).all()
    assert history.validation_losses.shape == (4,)


def test_a_binary_task_and_a_regression(rng):
    x = rng.standard_normal((40, 2))
    for loss, target in [
        ("binary_cross_entropy", (x[:, :1] > 0).astype(float)),
        ("mean_squared_error", x[:, :1] - 2),
    ]:
        start, settings = initialize([2, 1], rng=rng), {"loss": loss, "validation": (x, target)}
        history = quick((start, x, target), optimizer=gd.adam(0.1), n_epochs=40, **settings)
        assert history.losses[-1] < history.losses[0] / 4
        if loss == "binary_cross_entropy":
            assert history.validation_accuracies[-1] > 0.9
        else:
            assert np.isnan(history.validation_accuracies).all()


def test_an_objective_replaces_the_plain_loss(task):
    def with_weight_decay(layers, x, target):
        loss, gradients = loss_and_gradients(layers, x, target, "cross_entropy")
        weights = [layer.weights for layer in layers]
        penalty = 0.05 * sum((w**2).sum() for w in weights)
        decayed = [
            g._replace(weights=g.weights + 0.1 * w)
            for g, w in zip(gradients, weights, strict=True)
        ]
        return loss + penalty, decayed

    plain = quick(task, n_epochs=20)
    decayed = quick(task, n_epochs=20, objective=with_weight_decay)
    lengths = [
        sum((layer.weights**2).sum() for layer in history.layers) for history in (plain, decayed)
    ]
    assert lengths[1] < lengths[0] / 2


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        (3, "objective must be a function"),
        (lambda layers, *_: layers[0].weights.fill(99), "read-only"),
        (lambda *_: 1.0, r"^objective must return a loss and a list .* but returned 1\.0"),
        (lambda *_: (1.0, [(1, 2), (3, 4)]), "gradient of objective in layer 0 must have shape"),
        (
            lambda *_: (1.0, [LayerGradients(np.ones((8, 2)), [0.0])] * 2),
            r"gradient of objective in layer 0 must have shape \(8,\)",
        ),
        (lambda layers, *_: ("low", layers), "^the loss of objective must hold real numbers"),
        (lambda layers, *_: ([1.0, 2.0], layers), "^the loss of objective must have shape"),
        (lambda *_: (1.0, 3), "^the gradients of objective must be a list"),
        (lambda layers, *_: (1.0, layers[:1]), "^objective must return the gradients of 2 layers"),
    ],
)
def test_what_is_no_objective_is_refused(task, objective, words):
    with pytest.raises(ValueError, match=words):
        quick(task, objective=objective)


@pytest.mark.parametrize("objective", [None, with_dropout])
def test_a_training_on_float32_stays_in_float32(task, objective):
    rng = np.random.default_rng(0)
    start = initialize([2, 3, 3], rng=rng, dtype="float32")
    history = quick(
        (start, *task[1:]), objective=objective and objective("cross_entropy", 0.5, rng=rng)
    )
    assert history.snapshots.dtype == history.layers[0].weights.dtype == np.float32


def test_augmentation_sees_all_shuffled_inputs_once_an_epoch(task):
    seen = []

    def flipped(x, rng):
        seen.append(np.sort(x, axis=0))
        return -x

    history = quick(task, augment=flipped)
    assert len(seen) == 3
    for inputs in seen:
        np.testing.assert_array_equal(inputs, np.sort(task[1], axis=0))
    turned = quick((task[0], -task[1], task[2]))
    np.testing.assert_allclose(history.snapshots, turned.snapshots)


def test_zero_initialisation_keeps_hidden_units_identical(task):
    layers = [
        Layer(np.full((8, 2), 0.0), np.zeros(8), "tanh"),
        Layer(np.full((3, 8), 0.0), np.zeros(3), "identity"),
    ]
    alike = [
        Layer(np.full((8, 2), 0.3), np.zeros(8), "tanh"),
        Layer(np.full((3, 8), 0.2), np.zeros(3), "identity"),
    ]
    for start in (layers, alike):
        hidden = quick((start, *task[1:]), n_epochs=10).layers[0]
        np.testing.assert_allclose(hidden.weights, hidden.weights[:1].repeat(8, axis=0))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        # 4.5 · 10⁷ snapshots of 51 numbers; with no real augmentation, so that nothing is trained.
        (
            {"n_epochs": 10**6, "batch_size": 1, "snapshot_every": 1},
            "^n_epochs and snapshot_every must not ask for more than",
        ),
        ({"validation": ([[1.0]], [0])}, r"validation\[0\] must have shape"),
        ({"validation": ([[1.0, 2.0]], [3])}, r"validation\[1\] must lie in"),
    ],
)
def test_train_refuses(task, changes, message):
    with pytest.raises(ValueError, match=message):
        quick(task, **changes)


@pytest.mark.parametrize(("n", "size"), [(1, 1), (7, 3), (6, 3), (5, 9)])
def test_mini_batches_are_a_permutation_of_all_samples(n, size, rng):
    x = np.arange(float(n))[:, None]
    batches = list(gd.mini_batches(x, x[:, 0], size, rng=rng))
    assert [len(b) for b, _ in batches[:-1]] == [size] * (len(batches) - 1)
    np.testing.assert_array_equal(np.sort(np.concatenate([b for b, _ in batches]), axis=0), x)
    for inputs, targets in batches:
        np.testing.assert_array_equal(inputs[:, 0], targets)


def test_layers_from_looks_into_the_vector(task):
    layers = task[0]
    vector = parameter_vector(layers)
    views = gd.layers_from(layers, vector)
    for view, layer in zip(views, layers, strict=True):
        np.testing.assert_array_equal(view.weights, layer.weights)
        np.testing.assert_array_equal(view.bias, layer.bias)
        assert view.activation == layer.activation
        assert np.shares_memory(view.weights, vector)


def test_accuracy_by_sign_and_by_largest_logit():
    one = [Layer([[1.0]], [0.0], "identity")]
    assert gd.accuracy(one, [[-1.0], [0.5]], [[0], [0]]) == 0.5
    two = [Layer([[1.0], [-1.0]], [0.0, 0.0], "identity")]
    assert gd.accuracy(two, [[-1.0], [2.0]], [1, 0]) == 1
