"""Tests of `mathdl.outlook.parallel`."""

import hypothesis
import hypothesis.strategies as st
import joblib
import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

from mathdl import outlook
from mathdl.backward import loss_and_gradients
from mathdl.datasets import load_digits
from mathdl.forward import Layer, initialize

NAN = float("nan")


def network(seed, sizes=(4, 6, 5, 3), hidden="relu"):
    rng = np.random.default_rng(seed)
    layers = initialize(sizes, hidden=hidden, rng=rng)
    return [Layer(w.weights, rng.normal(size=w.bias.shape), w.activation) for w in layers]


@hypothesis.given(st.integers(1, 200), st.data())
def test_shards_are_as_equal_as_can_be(n, data):
    sizes = outlook.shard_sizes(n, data.draw(st.integers(1, n)))
    assert sum(sizes) == n
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 1


@pytest.mark.parametrize(
    ("n", "k", "words"),
    [
        (0, 1, "n_samples"),
        (3, 0, "n_shards"),
        (3, 4, "must be at most"),
        (10**9, 10**9, "n_shards must be an integer of at most 1,000,000"),
    ],
)
def test_shard_sizes_refuse(n, k, words):
    with pytest.raises(ValueError, match=words):
        outlook.shard_sizes(n, k)


@hypothesis.given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4))
@hypothesis.settings(max_examples=30)
def test_the_weighted_mean_of_shards_is_the_whole(seed, sizes):
    rng = np.random.default_rng(seed)
    layers, x = network(seed), rng.normal(size=(sum(sizes), 4))
    labels = rng.integers(0, 3, size=sum(sizes))
    step = outlook.data_parallel_gradients(
        layers, x, labels, "cross_entropy", sizes=sizes, n_jobs=1
    )
    assert_same_step(step, loss_and_gradients(layers, x, labels, "cross_entropy"))


def assert_same_step(step, whole):
    loss, gradients = whole
    assert step.loss == pytest.approx(float(loss), rel=1e-12)
    for found, expected in zip(step.gradients, gradients, strict=True):
        np.testing.assert_allclose(found.weights, expected.weights, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(found.bias, expected.bias, rtol=1e-10, atol=1e-13)


def test_the_same_call_on_cores_and_on_a_cluster_of_two_workers():
    digits = load_digits()
    x, labels = digits.x_train[:200], digits.y_train[:200]
    layers = initialize((64, 12, 10), rng=np.random.default_rng(0))
    whole = loss_and_gradients(layers, x, labels, "cross_entropy")
    call = (layers, x, labels, "cross_entropy")
    sizes = [120, 50, 30]
    assert_same_step(outlook.data_parallel_gradients(*call, sizes=sizes, n_jobs=2), whole)
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
        ) as cluster,
        Client(cluster),
        joblib.parallel_config("dask"),
    ):
        assert_same_step(outlook.data_parallel_gradients(*call, sizes=sizes), whole)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"layers": []}, "layers must"),
        ({"x": [[NAN, 0, 0, 0]]}, "x must hold finite"),
        ({"x": [[0.0]]}, "x must have shape"),
        ({"target": [0, 1]}, r"target must have shape \(1,\)"),
        ({"target": 0}, r"target must have shape \(1,\)"),
        ({"target": [[0], [0, 1]]}, "target must be an array of numbers"),
        ({"target": [7]}, "target must lie in"),
        ({"loss": "hinge"}, "loss must be one of"),
        ({"sizes": [2]}, "sizes must add up to 1, but add up to 2"),
        ({"sizes": []}, "sizes must add up to 1, but add up to 0"),
        ({"sizes": [1, 0]}, "each of sizes must be an integer of at least 1"),
        ({"n_jobs": 0}, "n_jobs must be"),
    ],
)
def test_data_parallel_gradients_refuse(changes, words):
    good = {
        "layers": network(0),
        "x": np.zeros((1, 4)),
        "target": [1],
        "loss": "cross_entropy",
        "sizes": [1],
        "n_jobs": 1,
    }
    with pytest.raises(ValueError, match=words):
        outlook.data_parallel_gradients(**{**good, **changes})
