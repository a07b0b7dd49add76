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
from tests.networks import random_layers


@pytest.mark.equation("outlook-data-parallel")
@hypothesis.given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4))
@hypothesis.settings(max_examples=30)
def test_the_weighted_mean_of_shards_is_the_whole(seed, sizes):
    rng = np.random.default_rng(seed)
    layers, x = random_layers((4, 6, 5, 3), rng), rng.normal(size=(sum(sizes), 4))
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
    ("sizes", "n_jobs", "words"),
    [([2], 1, "sizes must add up to 1, but add up to 2"), ([1], 0, "n_jobs must be")],
)
def test_data_parallel_gradients_refuse(sizes, n_jobs, words):
    call = [Layer(np.eye(2), [0.0, 0.0])], np.zeros((1, 2)), [1], "cross_entropy"
    with pytest.raises(ValueError, match=words):
        outlook.data_parallel_gradients(*call, sizes=sizes, n_jobs=n_jobs)
